"""Coming in for the first time, coming in again, going out, and what everybody may change of their own."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import authenticate, update_session_auth_hash
from django.contrib.auth import login as let_in
from django.contrib.auth import logout as let_out
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from klaver.language import LANGUAGES, tell
from klaver.web.accounts import first as start
from klaver.web.accounts.forms import FirstForm, LoginForm, PassphraseForm
from klaver.web.accounts.members import folded, only_user
from klaver.web.accounts.tries import forgotten, too_many
from klaver.web.analyse.examples import load_examples
from klaver.web.frame.reader import lang

BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@never_cache
def first(request: HttpRequest, token: str) -> HttpResponse:
    """Let the first administrator in; looking at the page does not use the link up, sending it does."""
    user = start.user_of(token)
    if user is None:
        raise Http404
    form = FirstForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organisation = start.settle(user, form.cleaned_data["passphrase"], form.cleaned_data["organisation"])
        if form.cleaned_data["examples"]:
            load_examples(organisation, user)
        let_in(request, user, BACKEND)
        return redirect("home")
    return render(request, "accounts/first.html", {"form": form})


@login_not_required
@never_cache
def login(request: HttpRequest) -> HttpResponse:
    """Ask the passphrase, and the name where several have access; after some wrong tries a name must wait."""
    only = only_user()
    form = LoginForm(request.POST or None, alone=only is not None)
    if request.method == "POST" and form.is_valid():
        name = only.username if only else folded(form.cleaned_data["name"])
        paused = too_many(name)
        given = form.cleaned_data["passphrase"]
        user = None if paused else authenticate(request, username=name, password=given)
        if user is not None:
            forgotten(name)
            let_in(request, user)
            return redirect(_next(request))
        form.add_error("passphrase", _refused(paused, alone=only is not None))
    shown = {"form": form, "next": request.POST.get("next", request.GET.get("next", "")), "alone": only is not None}
    return render(request, "accounts/login.html", shown)


def _refused(paused: bool, *, alone: bool) -> str:
    return tell("web.login_paused" if paused else "web.login_wrong" if alone else "members.login_wrong", lang())


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Go out."""
    let_out(request)
    return redirect("login")


@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """Show what the workbench keeps of its reader, and let them choose another passphrase."""
    form = PassphraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        paused = too_many(request.user.username)
        if not paused and request.user.check_password(form.cleaned_data["before"]):
            forgotten(request.user.username)
            request.user.set_password(form.cleaned_data["passphrase"])
            request.user.save()
            update_session_auth_hash(request, request.user)
            messages.success(request, tell("members.own_changed", lang()))
            return redirect("account")
        form.add_error("before", _refused(paused, alone=True))
    rows = request.user.memberships.select_related("organisation")
    return render(request, "accounts/account.html", {"form": form, "rows": rows}, status=400 if form.errors else 200)


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Answer in another language from now on; of who is signed in it is kept."""
    asked = request.POST.get("language", "")
    if request.user.is_authenticated and asked in LANGUAGES:
        request.user.language = asked
        request.user.save(update_fields=["language"])
    return set_language(request)


def _next(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe else resolve_url("home")
