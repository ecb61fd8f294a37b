"""A conversation is brought in: which visit, who was in the room, what was said, who is who. Then it is kept."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from apego.listening.people import who_is_who
from apego.listening.transcript import Transcript as Heard
from apego.practice.sentences import say
from apego.records.access import OutOfReach, Permission, may, require
from apego.records.actions import reflections
from apego.records.actions import transcripts as actions
from apego.records.consents import in_the_room, lacking
from apego.records.models import Transcript, Visit
from apego.records.reflecting import visits_of
from apego.records.transcripts import may_be_used, on_hold, room_of, taken_back, words_of
from apego.web.forms.reflect import ConversationForm, RoomForm, SpeakersForm, page_language
from apego.web.requests import Asked, done, look, now, reach

OFFERED = 30
WITH_PEOPLE = Visit.objects.select_related("family").prefetch_related(
    "family__caregivers", "caregivers", "visitors"
)
SAMPLES = 3  # things that each speaker said, so that she knows whose voice it is
SHOWN_REPAIRS = 12


def conversation_choose(request: Asked) -> HttpResponse:
    """Which visit was it?"""
    require(request.user, Permission.WRITE)
    context = {"visits": visits_of(request.user)[:OFFERED], "door": "reflect"}
    return render(request, "apego/reflect/conversation_choose.html", context)


def conversation_room(request: Asked, id: UUID) -> HttpResponse:
    """Who was in the room, and whether each of them has said yes. Only then may the words come in."""
    require(request.user, Permission.WRITE)
    visit = look(request, Visit, id, WITH_PEOPLE.filter(visitors=request.user))
    form = RoomForm(request.POST or None, visit=visit)
    if form.is_valid():
        adults = form.adults

        def act() -> str:
            actions.tell_room(visit=visit, adults=adults, by=request.user, at=now())
            return reverse("conversation_room", args=[visit.id])

        return done(request, act)
    return _room(request, visit, ConversationForm())


@require_POST
def conversation_bring(request: Asked, id: UUID) -> HttpResponse:
    """Bring in what was said."""
    require(request.user, Permission.WRITE)
    visit = reach(request, Visit, id, WITH_PEOPLE.filter(visitors=request.user))
    form = ConversationForm(request.POST, request.FILES)
    if not form.is_valid():
        return _room(request, visit, form)
    said: Heard = form.cleaned_data["said"]

    def act() -> str:
        kept = actions.bring(
            id=uuid4(),
            visit=visit,
            room=room_of(visit, request.user),
            said=said,
            on=timezone.localdate(),
            by=request.user,
            at=now(),
        )
        return reverse("speakers", args=[kept.id])

    return done(request, act)


def _room(request: Asked, visit: Visit, form: ConversationForm) -> HttpResponse:
    adults = room_of(visit, request.user)
    room = in_the_room(visit.family, adults, timezone.localdate())
    named = [one.adult.named for one in room if not one.adult.caregiver]
    told = {
        "caregivers": [str(one.adult.caregiver.id) for one in room if one.adult.caregiver],
        "others": "\n".join(named),
    }
    context = {
        "visit": visit,
        "room": [(one, "" if one.adult.caregiver else named.index(one.adult.named)) for one in room],
        "room_form": RoomForm(initial=told, visit=visit),
        "lacking": lacking(room),
        "form": form,
        "door": "reflect",
    }
    status = 422 if form.errors else 200
    return render(request, "apego/reflect/conversation_room.html", context, status=status)


def speakers(request: Asked, id: UUID) -> HttpResponse:
    """Who is who in it. When that is said, it is read in the background."""
    require(request.user, Permission.WRITE)
    transcript = look(request, Transcript, id, Transcript.objects.select_related("family"))
    cast = who_is_who(words_of(transcript))
    form = SpeakersForm(request.POST or None, cast=cast)
    if form.is_valid():
        named = form.cast

        def act() -> str:
            kept = actions.name_speakers(transcript=transcript, cast=named, by=request.user, at=now())
            begun = reflections.begin(id=uuid4(), transcript=kept, by=request.user, at=now())
            return reverse("reflection", args=[begun.id])

        return done(request, act)
    context = {
        "transcript": transcript,
        "form": form,
        "people": list(zip(form, _samples(cast.transcript), strict=True)),
        "repairs": _repairs(transcript)[:SHOWN_REPAIRS],
        "more_repairs": max(0, len(transcript.repairs) - SHOWN_REPAIRS),
        "door": "reflect",
    }
    return render(request, "apego/reflect/speakers.html", context, status=422 if form.errors else 200)


def _samples(said: Heard) -> list[list[str]]:
    """Give for each speaker the first things said, in the order of the speakers."""
    found: dict[str, list[str]] = {speaker: [] for speaker in said.speakers}
    for turn in said.turns:
        if len(found[turn.speaker]) < SAMPLES:
            found[turn.speaker].append(turn.text)
    return list(found.values())


def _repairs(transcript: Transcript) -> list[tuple[int, str]]:
    """Give what was mended while reading, told in the page's language, with its line."""
    language = page_language()
    return [
        (line, say(code, language, **dict(map(tuple, slots)) | {"line": line}))
        for line, code, slots in transcript.repairs
    ]


def conversation(request: Asked, id: UUID) -> HttpResponse:
    """What was said, whose consents it rests on, and the ways to share, keep or destroy it."""
    transcript = look(request, Transcript, id, Transcript.objects.select_related("family", "by", "visit"))
    context = {
        "transcript": transcript,
        "turns": words_of(transcript).turns,
        "consents": transcript.consents.select_related("caregiver"),
        "reflections": transcript.reflections.defer("pages", "document").order_by("-made_at"),
        "mine": transcript.by_id == request.user.id,
        "may_destroy": _may_destroy(request, transcript),
        "held": on_hold(transcript.family),
        "usable": may_be_used(transcript, timezone.localdate()),
        "taken_back": taken_back(transcript),
        "door": "supervision" if request.user.is_supervisor else "reflect",
    }
    return render(request, "apego/reflect/conversation.html", context)


def _may_destroy(request: Asked, transcript: Transcript) -> bool:
    """Whoever brought it, or the office that answers for the record."""
    return transcript.by_id == request.user.id or may(request.user, Permission.ANSWER)


def _hers(request: Asked, id: UUID) -> Transcript:
    require(request.user, Permission.WRITE)
    return reach(request, Transcript, id, Transcript.objects.filter(by=request.user))


def _page_of(transcript: Transcript) -> str:
    """Give the address of its latest reflection, where it says whether it is shared, else its own."""
    latest = transcript.reflections.order_by("-made_at").values_list("id", flat=True).first()
    return reverse("reflection", args=[latest]) if latest else reverse("conversation", args=[transcript.id])


@require_POST
def conversation_share(request: Asked, id: UUID) -> HttpResponse:
    transcript = _hers(request, id)

    def act() -> str:
        actions.share(transcript=transcript, on=timezone.localdate(), by=request.user, at=now())
        return _page_of(transcript)

    return done(request, act)


@require_POST
def conversation_take_back(request: Asked, id: UUID) -> HttpResponse:
    transcript = _hers(request, id)

    def act() -> str:
        actions.take_back(transcript=transcript, by=request.user, at=now())
        return _page_of(transcript)

    return done(request, act)


@require_POST
def conversation_destroy(request: Asked, id: UUID) -> HttpResponse:
    transcript = reach(request, Transcript, id)
    if not _may_destroy(request, transcript):
        raise OutOfReach("destroy")

    def act() -> str:
        actions.destroy(transcript=transcript, by=request.user, at=now())
        return (
            reverse("reflect")
            if request.user.is_visitor
            else reverse("family_consents", args=[transcript.family_id])
        )

    return done(request, act)
