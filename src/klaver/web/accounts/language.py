"""The language that somebody chose last goes with them to every browser they sign in with."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation


class KeptLanguageMiddleware:
    """Answer in the kept language of who is signed in; others are answered as their browser asks."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        if request.user.is_authenticated and request.user.language:
            translation.activate(request.user.language)
        return self.answer(request)
