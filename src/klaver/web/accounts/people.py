"""The pages of who has access: invite, change a role, take access away; and the page of who was invited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import login as let_in
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from klaver.language import tell
from klaver.web.accounts import members
from klaver.web.accounts.forms import InviteForm, JoinForm, RoleForm
from klaver.web.accounts.models import Invitation, Membership, Organisation, Role
from klaver.web.accounts.permissions import needs
from klaver.web.accounts.views import BACKEND
from klaver.web.frame.reader import lang


def _organisation(ident: Any) -> Organisation | None:
    return Organisation.objects.filter(pk=ident).first()


def _member(ident: Any) -> Membership | None:
    return Membership.objects.select_related("user").filter(pk=ident).first()


def _invitation(ident: Any) -> Invitation | None:
    return Invitation.objects.filter(pk=ident).first()


@never_cache
@needs("change_access", _organisation)
def people(request: HttpRequest, house: Organisation) -> HttpResponse:
    """Show who has access, and invite somebody: the link is shown once, on the page that answers."""
    form, link = InviteForm(request.POST or None, asker=request.user), ""
    if request.method == "POST" and form.is_valid():
        role, mine = Role(form.cleaned_data["role"]), form.cleaned_data.get("mine", "")
        try:
            secret = members.invite(house, role, request.user, mine)
        except members.NameTakenError:
            form.add_error("mine", tell("members.name_taken", lang()))
        else:
            link = request.build_absolute_uri(reverse("join", args=[secret]))
            form = InviteForm(asker=request.user)
    rows = list(house.memberships.select_related("user").order_by("user__username"))
    shown = {
        "house": house,
        "form": form,
        "link": link,
        "rows": [(row, RoleForm(initial={"role": row.role}, auto_id=f"id_%s_{row.pk}")) for row in rows],
        "only": sum(row.role == Role.ADMINISTRATOR for row in rows) == 1,
        "invitations": members.open_invitations(house),
        "told": [(f"members.role_{role.value}", f"members.may_{role.value}") for role in Role],
    }
    return render(request, "accounts/people.html", shown, status=400 if form.errors else 200)


@require_POST
@needs("change_access", _member)
def role(request: HttpRequest, member: Membership) -> HttpResponse:
    """Give a member another role."""
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _told(request, member, "unreadable")
    wanted = Role(form.cleaned_data["role"])
    return _tried(request, member, "role_changed", lambda seen: members.change_role(member, wanted, seen))


@require_POST
@needs("change_access", _member)
def remove(request: HttpRequest, member: Membership) -> HttpResponse:
    """Take somebody's access away."""
    return _tried(request, member, "taken_away", lambda seen: members.take_away(member, seen))


def _tried(request: HttpRequest, member: Membership, done: str, change: Callable[[str], None]) -> HttpResponse:
    """Change a member as it was seen, and tell what came of it."""
    try:
        change(request.POST.get("seen", ""))
    except members.LastAdministratorError:
        return _told(request, member, "last_administrator")
    except members.ChangedSinceError:
        return _told(request, member, "changed_since")
    return _told(request, member, done, messages.success)


def _told(request: HttpRequest, member: Membership, code: str, level: Any = messages.error) -> HttpResponse:
    level(request, tell(f"members.{code}", lang(), name=member.user.called))
    now = Membership.objects.filter(user=request.user, organisation_id=member.organisation_id).first()
    if now is None or now.role != Role.ADMINISTRATOR:  # who gave away their own role has no place on that page
        return redirect("home")
    return redirect("people", member.organisation_id)


@require_POST
@needs("change_access", _invitation)
def revoke(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Let the link of an invitation lead nowhere."""
    invitation.delete()
    messages.success(request, tell("members.revoked", lang()))
    return redirect("people", invitation.organisation_id)


@login_not_required
@never_cache
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Let somebody in who was invited; looking at the page does not use the link up, sending it does."""
    invitation = members.invitation_of(secret)
    if invitation is None:
        raise Http404
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = members.join(invitation, form.cleaned_data["name"], form.cleaned_data["passphrase"])
        except members.NameTakenError:
            form.add_error("name", tell("members.name_taken", lang()))
        else:
            if user is None:
                raise Http404
            let_in(request, user, BACKEND)
            return redirect("home")
    shown = {"form": form, "house": invitation.organisation, "role": invitation.role}
    return render(request, "accounts/join.html", shown, status=400 if form.errors else 200)
