"""The letter after a visit: drafted from the record, changed, printed on a page or read aloud, marked as given."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apego.records.access import Permission, require, visible
from apego.records.actions import letters as actions
from apego.records.letters import draft, home_language
from apego.records.models import Caregiver, Letter, Variant, Visit
from apego.web.forms.letters import LetterForm
from apego.web.requests import Asked, done, look, now, reach


def letters(request: Asked, id: UUID) -> HttpResponse:
    """The letters of a visit, and those who may get one."""
    visit = look(request, Visit, id)
    written = (
        visible(request.user, Letter).filter(visit=visit).select_related("caregiver").order_by("made_at")
    )
    caregivers = visible(request.user, Caregiver).filter(family=visit.family, left_on=None)
    return render(
        request,
        "apego/letters/letters.html",
        {"visit": visit, "letters": written, "caregivers": caregivers, "door": "families"},
    )


def letter_new(request: Asked, id: UUID, caregiver: UUID) -> HttpResponse:
    """A draft for one caregiver. It becomes a letter when it is kept."""
    require(request.user, Permission.WRITE)
    visit = look(request, Visit, id)
    to = reach(
        request, Caregiver, caregiver, Caregiver.objects.filter(family=visit.family, wants_letters=True)
    )
    language = home_language(to)
    form = LetterForm(request.POST or None, initial={"words": draft(visit, to, language, request.user)})
    if form.is_valid():
        words = form.cleaned_data["words"]

        def act() -> str:
            kept = actions.keep(
                id=uuid4(),
                visit=visit,
                caregiver=to,
                language=language,
                words=words,
                by=request.user,
                at=now(),
            )
            return reverse("letter", args=[kept.id])

        return done(request, act)
    context = {"visit": visit, "to": to, "letter_language": language, "form": form, "door": "families"}
    return render(request, "apego/letters/letter_new.html", context, status=422 if form.errors else 200)


def letter(request: Asked, id: UUID) -> HttpResponse:
    """One letter: to change while it is not given, to print, to read aloud."""
    kept = look(request, Letter, id, Letter.objects.select_related("caregiver", "visit", "by"))
    form = LetterForm(request.POST or None, initial={"words": kept.words, "version": kept.version})
    if request.method == "POST" and form.is_valid():
        require(request.user, Permission.WRITE)
        asked = form.cleaned_data

        def act() -> str:
            changed = actions.change(
                letter=kept, base_version=asked["version"], words=asked["words"], by=request.user, at=now()
            )
            met = isinstance(changed, Variant)
            return reverse("variant", args=[changed.id]) if met else reverse("letter", args=[kept.id])

        return done(request, act)
    context = {"letter": kept, "form": form, "door": "families"}
    return render(request, "apego/letters/letter.html", context, status=422 if form.errors else 200)


@require_POST
def letter_given(request: Asked, id: UUID) -> HttpResponse:
    require(request.user, Permission.WRITE)
    kept = reach(request, Letter, id)
    aloud = request.POST.get("how") == "aloud"

    def act() -> str:
        actions.give(letter=kept, read_aloud=aloud, by=request.user, at=now())
        return reverse("letter", args=[kept.id])

    return done(request, act)
