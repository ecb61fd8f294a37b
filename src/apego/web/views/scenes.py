"""The scene of a lesson: what plays, the moments that are marked in it, and its files."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apego.listening.recordings import starts_late
from apego.listening.scenes import Played, scene_of
from apego.practice.content import LANGUAGES, Language
from apego.practice.lesson import Lesson, Scene
from apego.records import learning
from apego.records.actions import learning as actions
from apego.records.models import Mark
from apego.web.forms.lessons import MarkForm
from apego.web.forms.reflect import page_language
from apego.web.ranges import file_response
from apego.web.requests import Asked, done, now, reach
from apego.web.templatetags.learning import minutes_seconds

TYPES = {
    ".svg": "image/svg+xml",
    ".vtt": "text/vtt; charset=utf-8",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
}
HEARD = (".mp3", ".m4a", ".ogg")
# A drawing opened by its own address is a document: it may dress itself, and nothing else.
DRAWING_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
WIDTH = 1000  # of the timeline on which marks stand


def scene_context(request: Asked, lesson: Lesson, form: MarkForm | None = None) -> dict[str, Any]:
    """Give what a page needs to show the scene, in the language of captions that was chosen."""
    chosen = request.GET.get("captions")
    language: Language = "en" if chosen == "en" else "es" if chosen == "es" else page_language()
    played = scene_of(lesson, language)
    marks = list(learning.marks(request.user, lesson))
    kinds = {kind.id: kind.name for kind in lesson.marks}
    at = request.GET.get("at", "")[:6]
    length = round(played.seconds) if played else 0
    return {
        "scene": lesson.scene,
        "played": played,
        "entries": _entries(played) if played else [],
        "length": length,
        "captions": language,
        "languages": LANGUAGES,
        "media": lesson.scene.media if lesson.scene else None,
        "is_heard": bool(lesson.scene and lesson.scene.media and lesson.scene.media.endswith(HEARD)),
        "starts_late": _starts_late(lesson.scene),
        "marks": [(one, kinds.get(one.kind)) for one in marks if one.removed_at is None],
        "taken_out": [(one, kinds.get(one.kind)) for one in marks if one.removed_at],
        "ticks": [
            min(WIDTH, one.at_seconds * WIDTH // max(1, length)) for one in marks if not one.removed_at
        ],
        "mark_form": form
        or MarkForm(lesson=lesson, initial={"at": minutes_seconds(int(at)) if at.isdecimal() else "0:00"}),
    }


def _entries(played: Played) -> list[dict[str, Any]]:
    """Give pictures and lines as they come, a picture before what is said while it is seen."""
    shown: list[tuple[float, int, dict[str, Any]]] = [
        (one.at, 0, {"picture": one}) for one in played.pictures
    ]
    shown += [
        (line.start, 1, {"line": line, "clock": minutes_seconds(int(line.start)), "at": int(line.start)})
        for line in played.lines
    ]
    return [entry for _, _, entry in sorted(shown, key=lambda one: one[:2])]


def _starts_late(scene: Scene | None) -> bool:
    return bool(scene and scene.media and starts_late(scene.folder / scene.media))


@require_POST
def mark_add(request: Asked, id: str) -> HttpResponse:
    lesson = learning.lessons().get(id)
    if lesson is None or lesson.scene is None:
        raise Http404
    form = MarkForm(request.POST, lesson=lesson)
    back = f"{reverse('lesson_part', args=[lesson.id, 'experience'])}#marks"
    if not form.is_valid():
        context = {"lesson": lesson, "form": form, "back": back, "door": "learn"}
        return render(request, "apego/learn/mark.html", context, status=422)
    told = form.cleaned_data

    def act() -> str:
        actions.mark(
            id=uuid4(),
            lesson=lesson,
            at_seconds=told["at"],
            kind=told.get("kind", ""),
            words=told["words"],
            by=request.user,
            at=now(),
        )
        return back

    return done(request, act)


@require_POST
def mark_take_out(request: Asked, id: UUID) -> HttpResponse:
    mark = reach(request, Mark, id)

    def act() -> str:
        actions.take_out(mark=mark, by=request.user, at=now())
        return f"{reverse('lesson_part', args=[mark.lesson, 'experience'])}#marks"

    return done(request, act)


@require_POST
def mark_put_back(request: Asked, id: UUID) -> HttpResponse:
    mark = reach(request, Mark, id)

    def act() -> str:
        actions.put_back(mark=mark, by=request.user, at=now())
        return f"{reverse('lesson_part', args=[mark.lesson, 'experience'])}#marks"

    return done(request, act)


def scene_file(request: Asked, id: str, name: str) -> HttpResponseBase:
    """A drawing, the captions, or the recording of a scene: only what the scene itself names."""
    lesson = learning.lessons().get(id)
    scene = lesson.scene if lesson else None
    if scene is None:
        raise Http404
    named = {path.name: path for path in scene.captions.values()}
    named |= {one: scene.path(one) for one in (*(each.file for each in scene.pictures), scene.media) if one}
    if name not in named or not named[name].is_file():
        raise Http404
    path = named[name]
    answer = file_response(request, path, TYPES[path.suffix])
    if path.suffix == ".svg":
        answer["Content-Security-Policy"] = DRAWING_POLICY
    return answer
