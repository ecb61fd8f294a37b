"""The door Reflect: five minutes after a visit, conversations that were read, what was shared with a supervisor."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from apego.listening.pages.document import reader_hash
from apego.practice.after_visit import after_visit as questions
from apego.records.access import OutOfReach, Permission, require, visible
from apego.records.actions import drafts
from apego.records.actions import reflections as actions
from apego.records.actions.acting import NotPossible
from apego.records.models import AfterVisit, Family, OwnAnswer, Reflection, Transcript, Visit
from apego.records.reflecting import (
    after_place,
    answer_place,
    begun,
    conversations,
    focus_of,
    looked_back_on,
    to_look_back_on,
    without_counts,
)
from apego.records.transcripts import may_be_used, on_hold, taken_back
from apego.web.forms.reflect import AfterVisitForm, OwnAnswerForm, focus_on, page_language
from apego.web.requests import Asked, done, look, now, reach

NOT_OPENED = ("transcript__words", "transcript__repairs", "transcript__cast")
FOUND = Reflection.objects.select_related("transcript__family", "transcript__by__supervisor").defer(
    *NOT_OPENED
)

GOES_ON = (Reflection.State.WAITING, Reflection.State.READING)


def reflect(request: Asked) -> HttpResponse:
    """What she may reflect on now. A supervisor finds here what was shared with her."""
    if request.user.is_coordinator:
        raise OutOfReach("reflect")
    if request.user.is_supervisor:
        return shared(request)
    focus = focus_of(request.user)
    started = begun(request.user)
    context = {
        "focus": focus,
        "focus_says": focus_on(focus.practice) if focus and focus.practice else "",
        "visits": [(one, after_place(one) in started) for one in to_look_back_on(request.user, now())],
        "looked_back_on": looked_back_on(request.user),
        "conversations": conversations(request.user)[:30],
        "door": "reflect",
    }
    return render(request, "apego/reflect/reflect.html", context)


def shared(request: Asked) -> HttpResponse:
    """The conversations that visitors shared with their supervisor."""
    if not request.user.is_supervisor:
        raise OutOfReach("shared")
    context = {"conversations": conversations(request.user)[:60], "door": "supervision"}
    return render(request, "apego/reflect/shared.html", context)


def after_visit(request: Asked, id: UUID) -> HttpResponse:
    """The six questions. What she types is hers; an older window is shown what stands, and writes over nothing."""
    require(request.user, Permission.WRITE)
    hers = Visit.objects.filter(visitors=request.user).select_related("family")
    visit = look(request, Visit, id, hers)
    kept = visible(request.user, AfterVisit).filter(visit=visit).first()
    standing = kept.answers if kept else {}
    version = kept.version if kept else 0
    draft = drafts.of(request.user, after_place(visit)).get(after_place(visit))
    typed = {key: words for key, words in (draft.content if draft else {}).items() if key in questions()}
    form = AfterVisitForm(request.POST or None, initial={**standing, **typed, "version": version})
    status = 422 if form.errors else 200
    differing: list[tuple[str, str]] = []
    if form.is_valid():
        told, answers = form.cleaned_data, form.answers

        def act() -> str:
            actions.look_back(
                visit=visit, answers=answers, base_version=told["version"] or 0, by=request.user, at=now()
            )
            return reverse("reflect")

        try:
            return done(request, act)
        except NotPossible:
            form, status = AfterVisitForm(initial={**answers, "version": version}), 409
            differing = [
                (questions()[key].name[page_language()], words)
                for key, words in standing.items()
                if words != answers.get(key)
            ]
    context = {
        "visit": visit,
        "form": form,
        "kept": kept,
        "place": after_place(visit),
        "drafted": draft,
        "differing": differing,
        "door": "reflect",
    }
    return render(request, "apego/reflect/after_visit.html", context, status=status)


@require_POST
def after_visit_draft(request: Asked, id: UUID) -> HttpResponse:
    """Keep what she is typing after a visit."""
    require(request.user, Permission.WRITE)
    visit = reach(request, Visit, id, Visit.objects.filter(visitors=request.user).select_related("family"))
    return _typed(request, after_place(visit), visit.family, tuple(questions()))


@require_POST
def own_answer_draft(request: Asked, id: UUID) -> HttpResponse:
    """Keep what she is typing under a reflection."""
    require(request.user, Permission.WRITE)
    found = reach(request, Reflection, id, FOUND.filter(transcript__by=request.user))
    return _typed(request, answer_place(found), found.transcript.family, ("words",))


def _typed(request: Asked, place: str, family: Family, fields: tuple[str, ...]) -> HttpResponse:
    """Keep it apart and without history. What comes after its own form was sent is late, and dropped."""
    try:
        key = UUID(request.POST.get("delivery", ""))
    except ValueError:
        return HttpResponseBadRequest("delivery")
    typed = {field: words for field in fields if (words := request.POST.get(field, "").strip())}
    kept = drafts.save(person=request.user, place=place, family=family, content=typed, at=now(), delivery=key)
    return render(request, "apego/reflect/_saved.html", {"draft": kept})


def reflection(request: Asked, id: UUID) -> HttpResponse:
    """What was found in a conversation; while it is being read, how far that is."""
    found = look(request, Reflection, id, FOUND)
    transcript = found.transcript
    mine = transcript.by_id == request.user.id
    page = found.pages.get(page_language(), "") if found.pages else ""
    answer = visible(request.user, OwnAnswer).filter(reflection=found).first() if mine else None
    draft = drafts.of(request.user, answer_place(found)).get(answer_place(found)) if mine else None
    context = {
        "found": found,
        "transcript": transcript,
        "page": page if mine else without_counts(page),
        "mine": mine,
        "again": mine and actions.may_be_tried_again(found, now()),
        "goes_on": found.state in GOES_ON,
        "taken_back": taken_back(transcript),
        "usable": may_be_used(transcript, timezone.localdate()),
        "held": on_hold(transcript.family),
        "others": transcript.reflections.exclude(id=found.id).defer("pages", "document").order_by("-made_at"),
        "newer_reader": mine and bool(found.reader_hash) and found.reader_hash != reader_hash(),
        "answer": answer,
        "answer_form": OwnAnswerForm(
            initial={
                "words": draft.content.get("words", "") if draft else answer.words if answer else "",
                "version": answer.version if answer else 0,
            }
        ),
        "draft": draft,
        "focuses": _focuses(found) if mine else [],
        "door": "reflect" if mine else "supervision",
    }
    return render(request, "apego/reflect/reflection.html", context)


def _focuses(found: Reflection) -> list[tuple[str, str]]:
    """Give the focuses that this reflection offers, in the page's language."""
    focus = (found.document or {}).get("focus")
    if not focus:
        return []
    practices = [focus["practice"], *(practice for practice, _ in focus["others"])]
    return [(practice, focus_on(practice)) for practice in practices]


def reflection_progress(request: Asked, id: UUID) -> HttpResponse:
    """How far the reading is: the part of the page that asks again by itself. No look at the record."""
    found = reach(request, Reflection, id, FOUND.defer(*NOT_OPENED, "pages", "document"))
    stands_still = found.transcript.by_id == request.user.id and actions.may_be_tried_again(found, now())
    if found.state not in GOES_ON or stands_still:
        return HttpResponseClientRefresh()
    return render(request, "apego/reflect/_progress.html", {"found": found})


@require_POST
def reflection_again(request: Asked, id: UUID) -> HttpResponse:
    """Have a reading that failed, or stands still, done again."""
    require(request.user, Permission.WRITE)
    found = reach(request, Reflection, id, FOUND)

    def act() -> str:
        actions.try_again(reflection=found, by=request.user, at=now())
        return reverse("reflection", args=[found.id])

    return done(request, act)


@require_POST
def conversation_read(request: Asked, id: UUID) -> HttpResponse:
    """Have a conversation read once more, as one more reflection: what was found before stays beside it."""
    require(request.user, Permission.WRITE)
    transcript = reach(request, Transcript, id)

    def act() -> str:
        begun = actions.begin(id=uuid4(), transcript=transcript, by=request.user, at=now())
        return reverse("reflection", args=[begun.id])

    return done(request, act)


@require_POST
def own_answer(request: Asked, id: UUID) -> HttpResponse:
    """Keep what she answers to the question. An older window is shown what stands beside what it wrote."""
    require(request.user, Permission.WRITE)
    found = reach(request, Reflection, id, FOUND.filter(transcript__by=request.user))
    form = OwnAnswerForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data

        def act() -> str:
            actions.answer(
                reflection=found,
                words=told["words"],
                base_version=told["version"] or 0,
                by=request.user,
                at=now(),
            )
            return f"{reverse('reflection', args=[found.id])}#own"

        try:
            return done(request, act)
        except NotPossible:
            standing = visible(request.user, OwnAnswer).get(reflection=found)
            form = OwnAnswerForm(initial={"words": told["words"], "version": standing.version})
            context = {"found": found, "form": form, "standing": standing, "door": "reflect"}
            return render(request, "apego/reflect/own_answer.html", context, status=409)
    context = {"found": found, "form": form, "standing": None, "door": "reflect"}
    return render(request, "apego/reflect/own_answer.html", context, status=422)
