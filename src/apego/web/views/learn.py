"""Learn: the lessons, and the practices of the craft, each with what to look for and sentences to borrow."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from apego.practice.examples import examples
from apego.practice.practices import practices
from apego.records import learning
from apego.web.forms.reflect import focuses, page_language
from apego.web.requests import Asked
from apego.web.views.lessons import PART_NAMES


def learn(request: Asked) -> HttpResponse:
    standings = [
        (one, PART_NAMES[one.left_at] if one.left_at else "") for one in learning.standings(request.user)
    ]
    context = {
        "standings": standings,
        "lacking": [] if request.user.is_visitor else _lacking(),
        "practices": practices().values(),
    }
    return render(request, "apego/learn/learn.html", context)


def _lacking() -> list[tuple[str, list[str]]]:
    """Give the program's own lessons that are not shown yet, each with what it lacks."""
    language = page_language()
    return [(name, [gap.told(language) for gap in gaps]) for name, gaps in learning.lacking().items()]


def practice(request: Asked, id: str) -> HttpResponse:
    known = practices()
    if id not in known:
        raise Http404
    context = {
        "practice": known[id],
        "examples": examples(id),
        "focus": dict(focuses()).get(id),
        "door": "learn",
    }
    return render(request, "apego/learn/practice.html", context)
