"""The pages that tell that something is not there, not allowed, or broke."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def _told(request: HttpRequest, code: str, status: int) -> HttpResponse:
    return render(request, "klaver/told.html", {"head": f"web.{code}", "body": f"web.{code}_body"}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Tell that what was sent cannot be read."""
    return _told(request, "bad_request", 400)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Tell that a role may not do this."""
    return _told(request, "refused", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Tell that there is nothing here."""
    return _told(request, "not_found", 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Tell that Klaver broke, without asking the database for anything."""
    return _told(request, "broken", 500)
