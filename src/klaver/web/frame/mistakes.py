"""How a mistake in what a user gave is shown where no form shows it: a page with every mistake, never a crash."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from klaver.values import Faults


class MistakesMiddleware:
    """Tell mistakes that a view did not show itself."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.answer(request)

    def process_exception(self, request: HttpRequest, wrong: Exception) -> HttpResponse | None:
        """Show the mistakes of what was asked; any other exception is a fault of Klaver and goes on."""
        if isinstance(wrong, Faults):
            return render(request, "klaver/mistakes.html", {"wrong": wrong}, status=400)
        return None
