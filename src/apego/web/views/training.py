"""The training record: which lessons somebody began and finished, on what days, for how long. Never an answer."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from apego.records import learning
from apego.records.access import OutOfReach
from apego.records.models import Person
from apego.web.requests import Asked, reach

SHARED = 60


def training(request: Asked) -> HttpResponse:
    """Her own page for the training file."""
    return _record(request, request.user)


def training_of(request: Asked, id: UUID) -> HttpResponse:
    """The page of one of her visitors."""
    if not request.user.is_supervisor:
        raise OutOfReach("training")
    return _record(request, reach(request, Person, id, Person.objects.filter(supervisor=request.user)))


def _record(request: Asked, person: Person) -> HttpResponse:
    taken = learning.training(person)
    context = {
        "person": person,
        "mine": person == request.user,
        "taken": taken,
        "minutes": sum(one.minutes for one in taken),
        "today": timezone.localdate(),
        "door": "learn",
    }
    return render(request, "apego/learn/training.html", context)


def training_team(request: Asked) -> HttpResponse:
    """Who has finished which lesson, and the answers that were shared with her."""
    if not request.user.is_supervisor:
        raise OutOfReach("training")
    known = learning.lessons()
    shared = [(one, known.get(one.lesson)) for one in learning.shared_with(request.user)[:SHARED]]
    context = {"team": learning.team(request.user), "shared": shared, "door": "learn"}
    return render(request, "apego/learn/training_team.html", context)
