"""What each role may do: one predicate for each permission, and nothing that is not named here.

A predicate looks at the user's role in the organisation of the thing; ``visible`` filters a query by the same table, so
that a list and a page never disagree.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from klaver.web.accounts.models import Organisation, Role

FUNCTION_SIDE = frozenset({Role.ADMINISTRATOR, Role.DESIGNER, Role.COACH, Role.EMPLOYER, Role.DELEGATE})
MAKERS = frozenset({Role.ADMINISTRATOR, Role.DESIGNER})

MAY: dict[str, frozenset[Role]] = {
    "see_workplace": FUNCTION_SIDE,
    "make_workplace": MAKERS,
    "change_workplace": MAKERS,
    "see_design": FUNCTION_SIDE,
    "run_design": MAKERS,
    "change_board": MAKERS,
    "object": MAKERS | {Role.DELEGATE},
    "record_agreement": MAKERS,
    "change_access": frozenset({Role.ADMINISTRATOR}),
}
"""The roles that have each permission.

``object`` is to note what a staff delegate says, agreement or objection; ``record_agreement`` what anybody says.
"""


def may(user: Any, permission: str, thing: Any) -> bool:
    """Tell whether a user may do something with a thing of an organisation (or in the organisation itself)."""
    return bool(user.has_perm(f"klaver.{permission}", thing))


def register() -> None:
    """Make the predicates known to Django, each under its name."""
    for permission, roles in MAY.items():
        name = f"klaver.{permission}"
        if not rules.perm_exists(name):
            rules.add_perm(name, _has_role(permission, roles))


def _has_role(permission: str, roles: frozenset[Role]) -> Any:
    def predicate(user: Any, thing: Any) -> bool:
        return user.is_active and thing is not None and user.roles.get(_organisation(thing)) in roles

    return rules.predicate(predicate, name=permission)


def _organisation(thing: Any) -> Any:
    return thing.id if isinstance(thing, Organisation) else thing.organisation_id


def visible(query: QuerySet[Any], user: Any, permission: str, path: str = "organisation") -> QuerySet[Any]:
    """Return of a query what a user may see; ``path`` leads to the organisation of a row."""
    mine = [org for org, role in user.roles.items() if role in MAY[permission]] if user.is_active else []
    return query.filter(**{f"{path}__in": mine})


View = Callable[..., HttpResponse]


def needs(permission: str, find: Callable[..., Any]) -> Callable[[View], View]:
    """Open a view only to who may; the thing that ``find(id)`` returns is handed to the view in the place of its id.

    What somebody may not even see does not exist for them; what they may see but not do is refused.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, ident: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            thing = find(ident)
            if thing is None or not any(may(request.user, p, thing) for p in MAY if p.startswith("see_")):
                raise Http404
            if not may(request.user, permission, thing):
                raise PermissionDenied
            return view(request, thing, *args, **kwargs)

        opened.permission = permission  # type: ignore[attr-defined]
        return opened

    return wrap
