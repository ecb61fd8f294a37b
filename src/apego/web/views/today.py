"""Today: the visitor's first page. A supervisor's is her visitors' work, a coordinator's the office."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from apego.records import today as reckoning
from apego.records.models import Role
from apego.records.reflecting import focus_of
from apego.web.requests import Asked, now

FIRST_DOOR = {Role.SUPERVISOR: "supervision", Role.COORDINATOR: "office"}


def today(request: Asked) -> HttpResponse:
    if not request.user.is_visitor:
        return redirect(FIRST_DOOR[Role(request.user.role)])
    ahead = reckoning.today(request.user, now())
    return render(request, "apego/today.html", {"ahead": ahead, "focus": focus_of(request.user)})
