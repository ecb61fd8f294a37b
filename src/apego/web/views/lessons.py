"""Lessons: the list with where each was left, a lesson's four parts, and the time that is spent in them."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from apego.practice.lesson import Lesson, Part
from apego.practice.practices import practices
from apego.records import learning
from apego.records.actions import learning as actions
from apego.records.learning import Standing
from apego.web.forms.reflect import focuses, page_language
from apego.web.prose import Piece, pieces
from apego.web.requests import Asked, done, now
from apego.web.views.scenes import scene_context

PART_NAMES: dict[Part, Promise] = {
    "what": _("What it is"),
    "how": _("How to"),
    "experience": _("Experience it"),
    "more": _("Learn more"),
}
STAY_AT_MOST = 24 * 3600


def lesson_or_404(id: str) -> Lesson:
    found = learning.lessons().get(id)
    if found is None:
        raise Http404
    return found


def part_or_404(lesson: Lesson, part: str) -> Part:
    found = next((one for one in lesson.parts_there if one == part), None)
    if found is None:
        raise Http404
    return found


def lesson(request: Asked, id: str) -> HttpResponse:
    """A lesson: what it is about, how far she is, and where she goes on."""
    found = lesson_or_404(id)
    standing = learning.standing(request.user, found)
    known = dict(focuses())
    context = {
        "lesson": found,
        "standing": standing,
        "parts": parts_of(standing, found),
        "goes_on": standing.left_at or (found.parts_there[0] if not standing.finished_at else None),
        "goes_on_name": PART_NAMES.get(standing.left_at or found.parts_there[0]),
        "practices": [(practices()[one], known.get(one, "")) for one in found.practices],
        "tried": learning.answers(request.user, found),
        "door": "learn",
    }
    return render(request, "apego/learn/lesson.html", context)


def lesson_part(request: Asked, id: str, part: str) -> HttpResponse:
    """One part of a lesson, to read or to watch."""
    found = lesson_or_404(id)
    current = part_or_404(found, part)
    progress = actions.open_part(person=request.user, lesson=found, part=current, at=now())
    standing = learning.standing(request.user, found)
    context = {
        "lesson": found,
        "standing": standing,
        "part": current,
        "part_name": PART_NAMES[current],
        "parts": parts_of(standing, found, current),
        "progress": progress,
        "next": _after(found, current),
        "next_name": PART_NAMES.get(_after(found, current) or current),
        "is_done": standing.is_done(current),
        "tried": learning.answers(request.user, found),
        "stay": reverse("lesson_time", args=[found.id, current]),
        "door": "learn",
    }
    if current == "experience":
        context |= scene_context(request, found) | {"unanswered": learning.unanswered(request.user, found)}
        return render(request, "apego/learn/experience.html", context)
    context["pieces"] = _pieces(found, current)
    return render(request, "apego/learn/part.html", context)


def parts_of(
    standing: Standing, lesson: Lesson, current: Part | None = None
) -> list[tuple[str, Promise, bool, bool]]:
    """Give each part's address, its name, whether it is the one on the page, whether it is done."""
    return [
        (
            reverse("lesson_part", args=[lesson.id, one]),
            PART_NAMES[one],
            one == current,
            standing.is_done(one),
        )
        for one in lesson.parts_there
    ]


def _after(lesson: Lesson, part: Part) -> Part | None:
    parts = lesson.parts_there
    return next(iter(parts[parts.index(part) + 1 :]), None)


def _pieces(lesson: Lesson, part: Part) -> list[Piece]:
    """Give a part's text and its small practices; those that no part names follow How to."""
    drawn = pieces(
        lesson.parts[part][page_language()], lambda one: reverse("small_practice", args=[lesson.id, one])
    )
    if part == "how":
        texts = "\n".join(text[page_language()] for text in lesson.parts.values())
        drawn += [
            Piece(small_practice=one.id) for one in lesson.small_practices if f"(#try-{one.id})" not in texts
        ]
    return drawn


@require_POST
def lesson_part_done(request: Asked, id: str, part: str) -> HttpResponse:
    """A part is done; the next one opens."""
    found = lesson_or_404(id)
    current = part_or_404(found, part)

    def act() -> str:
        actions.finish_part(lesson=found, part=current, by=request.user, at=now())
        left = learning.standing(request.user, found)
        following = _after(found, current)
        if following and not left.finished_at:
            return reverse("lesson_part", args=[found.id, following])
        return reverse("lesson", args=[found.id])

    return done(request, act)


@require_POST
def lesson_time(request: Asked, id: str, part: str) -> HttpResponse:
    """The page tells how long it was in sight. What it tells is held against the clock (`actions.stay`)."""
    found = lesson_or_404(id)
    current = part_or_404(found, part)
    try:
        seconds = int(request.POST.get("seconds", ""))
        place = int(request.POST["place"]) if request.POST.get("place") else None
    except ValueError:
        return HttpResponseBadRequest("seconds")
    if not 0 <= seconds <= STAY_AT_MOST:
        return HttpResponseBadRequest("seconds")
    actions.stay(person=request.user, lesson=found, part=current, seconds=seconds, place=place, at=now())
    return HttpResponse(status=204)
