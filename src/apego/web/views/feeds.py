"""The visitor's calendar address: made and shown once, revoked; and the calendar itself, for a phone to fetch."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from apego.records import feeds
from apego.records.actions import feeds as actions
from apego.web.requests import Asked, done, now


def calendar(request: Asked) -> HttpResponse:
    """The page of one's own address. A new one is shown once: only its hash is kept."""
    if request.method == "POST" and request.POST.get("what") == "revoke":

        def act() -> str:
            actions.revoke(by=request.user, at=now())
            return reverse("calendar")

        return done(request, act)
    context: dict[str, Any] = {"since": feeds.address_since(request.user)}
    if request.method == "POST":
        token = feeds.new_token()
        actions.make(token=token, by=request.user, at=now())
        address = request.build_absolute_uri(reverse("calendar_feed", args=[token]))
        context |= {"address": address, "since": now().date()}
    return render(request, "apego/calendar.html", context)


@login_not_required
@require_GET
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar, to whoever holds the address: times and links, and no names."""
    person = feeds.owner(token)
    if person is None:
        raise Http404
    with translation.override(person.language):
        drawn = feeds.calendar(
            person,
            now(),
            title=_("Home visit"),
            link=lambda id: request.build_absolute_uri(reverse("visit_detail", args=[id])),
        )
    return HttpResponse(drawn, content_type="text/calendar; charset=utf-8")
