"""Coming in for the first time, coming in again, and going out."""

from __future__ import annotations

from django.contrib.auth import authenticate
from django.contrib.auth import login as let_in
from django.contrib.auth import logout as let_out
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from klaver.web.accounts import first as start
from klaver.web.accounts.forms import FirstForm, LoginForm
from klaver.web.accounts.tries import forgotten, too_many
from klaver.web.analyse.examples import load_examples

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
    """Ask the passphrase; after some wrong ones there is a pause."""
    form = LoginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        where = request.META.get("REMOTE_ADDR", "")
        paused = too_many(where)
        given = form.cleaned_data["passphrase"]
        user = None if paused else authenticate(request, username=start.NAME, password=given)
        if user is not None:
            forgotten(where)
            let_in(request, user)
            return redirect(_next(request))
        form.add_error("passphrase", form.say("paused" if paused else "wrong"))
    return render(request, "accounts/login.html", {"form": form, "next": request.GET.get("next", "")})


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Go out."""
    let_out(request)
    return redirect("login")


def _next(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe else resolve_url("home")
