"""What holds for every page: the program's clock, the person's language, what a browser may keep, and 404."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from apego.records.access import OutOfReach
from apego.records.actions.acting import NotPossible
from apego.records.models import Program
from apego.web.wording import because

Answer = Callable[[HttpRequest], HttpResponse]


def here_and_now(get_response: Answer) -> Answer:
    """Put the program and its time zone under every request."""

    def answered(request: HttpRequest) -> HttpResponse:
        request.program = Program.objects.first()  # type: ignore[attr-defined]
        timezone.activate(request.program.zone if request.program else timezone.get_default_timezone())  # type: ignore[attr-defined]
        return get_response(request)

    return answered


def left_in_no_browser(get_response: Answer) -> Answer:
    """Keep pages out of what others can open: proxies keep none, and who signs out leaves none behind.

    They are not marked `no-store`: a browser that keeps nothing loses what somebody typed when she goes back.
    """

    def answered(request: HttpRequest) -> HttpResponse:
        was_in = request.user.is_authenticated
        response = get_response(request)
        if was_in and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private"
        if was_in and not request.user.is_authenticated:
            response["Clear-Site-Data"] = '"cache"'
        return response

    return answered


class out_of_reach_is_not_found:
    """Turn what the records refuse into a page: out of reach is 404, not possible is 409 with the reason."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OutOfReach):
            return render(request, "404.html", status=404)
        if isinstance(exception, NotPossible):
            return render(request, "apego/not_possible.html", {"why": because(exception.code)}, status=409)
        return None
