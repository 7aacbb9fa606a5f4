"""Every address of the workbench."""

from __future__ import annotations

from django.urls import path

from klaver.web.accounts import people
from klaver.web.accounts import views as accounts
from klaver.web.analyse import views as analyse
from klaver.web.design import boards
from klaver.web.design import views as design
from klaver.web.frame import pages

urlpatterns = [
    path("", analyse.home, name="home"),
    path("start/<str:token>/", accounts.first, name="first"),
    path("login/", accounts.login, name="login"),
    path("logout/", accounts.logout, name="logout"),
    path("language/setlang/", accounts.language, name="set_language"),
    path("account/", accounts.account, name="account"),
    path("join/<str:secret>/", people.join, name="join"),
    path("organisations/<uuid:ident>/people/", people.people, name="people"),
    path("members/<int:ident>/role/", people.role, name="role"),
    path("members/<int:ident>/remove/", people.remove, name="remove"),
    path("invitations/<uuid:ident>/revoke/", people.revoke, name="revoke"),
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
]

handler400, handler403, handler404, handler500 = (
    f"{pages.__name__}.{name}" for name in ("bad_request", "refused", "not_found", "broken")
)
