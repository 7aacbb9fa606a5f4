"""Every address of the workbench."""

from __future__ import annotations

from django.urls import include, path

from klaver.web.accounts import views as accounts
from klaver.web.analyse import views as analyse
from klaver.web.design import agreements, boards, papers, wall
from klaver.web.design import views as design
from klaver.web.frame import pages

urlpatterns = [
    path("", analyse.home, name="home"),
    path("start/<str:token>/", accounts.first, name="first"),
    path("login/", accounts.login, name="login"),
    path("logout/", accounts.logout, name="logout"),
    path("language/", include("django.conf.urls.i18n")),
    path("workplaces/new/", analyse.new, name="new"),
    path("workplaces/<uuid:ident>/", analyse.workplace, name="workplace"),
    path("workplaces/<uuid:ident>/tasks/", analyse.tasks, name="tasks"),
    path("workplaces/<uuid:ident>/workbook/", analyse.workbook, name="workbook"),
    path("workplaces/<uuid:ident>/design/", design.wishes, name="wishes"),
    path("runs/<uuid:ident>/", design.run, name="run"),
    path("runs/<uuid:ident>/stop/", design.stop, name="stop"),
    path("runs/<uuid:ident>/report.pdf", design.report, name="report"),
    path("designs/<uuid:ident>/", design.alternative, name="alternative"),
    path("workplaces/<uuid:ident>/boards/", boards.make, name="boards"),
    path("boards/<uuid:ident>/", boards.board, name="board"),
    path("boards/<uuid:ident>/plan/", boards.plan, name="plan"),
    path("boards/<uuid:ident>/act/", boards.act, name="act"),
    path("boards/<uuid:ident>/wall/", wall.wall, name="wall"),
    path("boards/<uuid:ident>/agreements/", agreements.agreements, name="agreements"),
    path("boards/<uuid:ident>/agreements.json", agreements.document, name="agreements_file"),
    path("boards/<uuid:ident>/agreements/say/", agreements.say, name="say"),
    path("boards/<uuid:ident>/agreements/terms/", agreements.terms, name="terms"),
    path("boards/<uuid:ident>/agreements/take-over/", agreements.take_over, name="take_over"),
    path("boards/<uuid:ident>/papers/", papers.papers, name="papers"),
    path("boards/<uuid:ident>/papers/<slug:name>.<slug:form>", papers.paper, name="paper"),
]

handler400, handler403, handler404, handler500 = (
    f"{pages.__name__}.{name}" for name in ("bad_request", "refused", "not_found", "broken")
)
