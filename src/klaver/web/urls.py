"""Every address of the workbench."""

from __future__ import annotations

from django.urls import path

from klaver.web.accounts import people
from klaver.web.accounts import views as accounts
from klaver.web.analyse import house, tasks
from klaver.web.analyse import views as analyse
from klaver.web.design import agreements, asking, boards, comparing, newer, offers, papers, wall, why
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
    path("workplaces/<uuid:ident>/tasks/", tasks.tasks, name="tasks"),
    path("workplaces/<uuid:ident>/tasks/new/", tasks.new_task, name="new_task"),
    path("workplaces/<uuid:ident>/tasks/times/", tasks.times, name="times"),
    path("workplaces/<uuid:ident>/tasks/together/", tasks.together, name="together"),
    path("workplaces/<uuid:ident>/tasks/library/", tasks.from_library, name="library"),
    path("workplaces/<uuid:ident>/task/<str:code>/", tasks.task, name="task"),
    path("workplaces/<uuid:ident>/task/<str:code>/remove/", tasks.remove_task, name="remove_task"),
    path("workplaces/<uuid:ident>/roles/", house.roles, name="roles"),
    path("workplaces/<uuid:ident>/places/", house.places, name="places"),
    path("workplaces/<uuid:ident>/house/", house.house, name="house"),
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
    path("boards/<uuid:ident>/why/<str:task>/", why.why, name="why"),
    path("boards/<uuid:ident>/why/<str:task>/ask/", why.ask_why, name="ask_why"),
    path("runs/<uuid:ident>/why/", why.explained, name="explained"),
    path("boards/<uuid:ident>/complete/", offers.complete, name="complete"),
    path("runs/<uuid:ident>/offer/", offers.offer, name="offer"),
    path("runs/<uuid:ident>/lay/", offers.lay, name="lay"),
    path("workplaces/<uuid:ident>/compare/", comparing.compare, name="compare"),
    path("boards/<uuid:ident>/keep/", comparing.keep, name="keep"),
    path("workplaces/<uuid:ident>/ask/", asking.ask, name="ask"),
    path("workplaces/<uuid:ident>/ask/sheet.pdf", asking.sheet, name="sheet"),
    path("boards/<uuid:ident>/questions/", asking.board_questions, name="board_questions"),
    path("boards/<uuid:ident>/questions/ask/", asking.ask_board, name="ask_board"),
    path("runs/<uuid:ident>/questions/", asking.asked, name="asked"),
    path("runs/<uuid:ident>/questions/sheet.pdf", asking.asked_sheet, name="asked_sheet"),
    path("boards/<uuid:ident>/newer/", newer.newer, name="newer"),
]

handler400, handler403, handler404, handler500 = (
    f"{pages.__name__}.{name}" for name in ("bad_request", "refused", "not_found", "broken")
)
