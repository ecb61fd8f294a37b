"""A family's consents: who signed what, until when; one more is signed, one is taken back; what was disclosed."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from apego.practice.consents import before_signing, consent_purposes
from apego.records.access import OutOfReach, Permission, may, visible
from apego.records.actions import consents as actions
from apego.records.consents import asked_in, languages_of, of_family
from apego.records.models import Consent, Disclosure, Family, Person, Transcript, Visit
from apego.records.office import statements
from apego.records.transcripts import resting_on, room_of
from apego.web.forms.consents import SOMEBODY_ELSE, ConsentForm, DisclosureForm, PurposeForm, SignForm
from apego.web.forms.reflect import page_language
from apego.web.requests import Asked, done, look, now, reach, small_number


def keeps_consents(person: Person) -> bool:
    """A visitor has them signed at a visit, a coordinator in the office; a supervisor reads them."""
    return may(person, Permission.WRITE) or may(person, Permission.ANSWER)


def _must_keep(person: Person) -> None:
    if not keeps_consents(person):
        raise OutOfReach(Permission.ANSWER)


def family_consents(request: Asked, id: UUID) -> HttpResponse:
    """What a family has consented to, what no longer counts, and what went out."""
    family = look(request, Family, id)
    today = timezone.localdate()
    kept = of_family(family)
    context = {
        "family": family,
        "standing": [one for one in kept if one.stands_on(today)],
        "ended": [one for one in kept if not one.stands_on(today)],
        "disclosures": visible(request.user, Disclosure).filter(family=family).order_by("-at"),
        "purposes": consent_purposes(),
        "keeps": keeps_consents(request.user),
        "door": "families",
    }
    return render(request, "apego/consents/family_consents.html", context)


def consent_new(request: Asked, id: UUID) -> HttpResponse:
    """Ask for a consent in two steps: the blanks, then the words as they are read aloud, and the signature."""
    _must_keep(request.user)
    family = look(request, Family, id, Family.objects.prefetch_related("caregivers"))
    purpose = request.POST.get("purpose") or request.GET.get("purpose", "")
    if purpose not in consent_purposes():
        context = {"family": family, "form": PurposeForm(), "before": before_signing(), "door": "families"}
        return render(request, "apego/consents/consent_purpose.html", context)
    today = timezone.localdate()
    back = _visit_named(request, family)
    if request.method != "POST":
        form = ConsentForm(
            initial=_proposed(request, family, back, today), family=family, purpose=purpose, today=today
        )
        return _asking(request, family, form, back)
    form = ConsentForm(request.POST, family=family, purpose=purpose, today=today)
    if not form.is_valid() or "change" in request.POST:
        return _asking(request, family, form, back)
    signed = SignForm(request.POST if "sign" in request.POST else None, today=today)
    if not signed.is_valid():
        return _reading(request, family, form, signed, back)
    told = signed.cleaned_data

    def act() -> str:
        actions.sign(
            id=uuid4(),
            family=family,
            adult=form.signer,
            asked=form.asked,
            how=told["how"],
            drawing=told["drawing"],
            typed_name=told["typed_name"],
            on=told["signed_on"],
            by=request.user,
            at=now(),
        )
        return (
            reverse("conversation_room", args=[back.id])
            if back
            else reverse("family_consents", args=[family.id])
        )

    return done(request, act)


def _visit_named(request: Asked, family: Family) -> Visit | None:
    """Give the visit whose room the page came from, if it is one of hers."""
    try:
        named = UUID(request.POST.get("visit") or request.GET.get("visit", ""))
    except ValueError:
        return None
    return reach(request, Visit, named, Visit.objects.filter(family=family))


def _proposed(request: Asked, family: Family, visit: Visit | None, today: date) -> dict[str, Any]:
    """Give what is likely: the caregiver, her language, the people in the room, the end of the program's year."""
    room = room_of(visit, request.user) if visit else []
    others = [one for one in room if not one.caregiver]
    place = small_number(request.GET.get("other", ""))
    asked = others[place] if place is not None and place < len(others) else None
    caregiver = (
        None if asked else family.caregivers.filter(id__in=_ids(request.GET.get("caregiver", ""))).first()
    )
    language, interpreted = asked_in(languages_of(caregiver, family), page_language())
    return {
        "whose": SOMEBODY_ELSE if asked else str(caregiver.id) if caregiver else "",
        "adult": asked.named if asked else "",
        "adults": ", ".join(one.name for one in room),
        "until": request.program.year_of(today)[1],
        "language": language,
        "interpreted": interpreted,
    }


def _ids(text: str) -> list[UUID]:
    try:
        return [UUID(text)]
    except ValueError:
        return []


def _asking(request: Asked, family: Family, form: ConsentForm, back: Visit | None) -> HttpResponse:
    context = {"family": family, "form": form, "back": back, "before": before_signing(), "door": "families"}
    return render(request, "apego/consents/consent_new.html", context, status=422 if form.errors else 200)


def _reading(
    request: Asked, family: Family, form: ConsentForm, signed: SignForm, back: Visit | None
) -> HttpResponse:
    context = {
        "family": family,
        "form": form,
        "signed": signed,
        "asked": form.asked,
        "signer": form.signer,
        "back": back,
        "door": "families",
    }
    return render(request, "apego/consents/consent_sign.html", context, status=422 if signed.errors else 200)


def consent(request: Asked, id: UUID) -> HttpResponse:
    """One consent as it was signed, what rests on it, and the way to take it back."""
    kept = look(request, Consent, id, Consent.objects.select_related("family", "caregiver", "seen_by"))
    resting = list(resting_on(kept).defer("words", "repairs", "cast"))
    hers = set(
        visible(request.user, Transcript)
        .filter(id__in=[one.id for one in resting])
        .values_list("id", flat=True)
    )
    context = {
        "consent": kept,
        "purpose": consent_purposes().get(kept.purpose),
        "stands": kept.stands_on(timezone.localdate()),
        "resting": [(one, one.id in hers) for one in resting],
        "keeps": keeps_consents(request.user),
        "door": "families",
    }
    return render(request, "apego/consents/consent.html", context)


@require_POST
def consent_revoke(request: Asked, id: UUID) -> HttpResponse:
    _must_keep(request.user)
    kept = reach(request, Consent, id)

    def act() -> str:
        actions.revoke(consent=kept, by=request.user, at=now())
        return reverse("consent", args=[kept.id])

    return done(request, act)


def disclosure_new(request: Asked, id: UUID) -> HttpResponse:
    """Write down that something of the record was shown or given to somebody outside the program."""
    _must_keep(request.user)
    family = look(request, Family, id)
    today = timezone.localdate()
    names = consent_purposes()
    standing = {str(one.id): one for one in of_family(family) if one.stands_on(today)}
    told = {
        key: f"{names[one.purpose].name[page_language()] if one.purpose in names else one.purpose}: {one.whose}"
        for key, one in standing.items()
    }
    form = DisclosureForm(request.POST or None, standing=told)
    if form.is_valid():
        asked = form.cleaned_data

        def act() -> str:
            actions.disclose(
                id=uuid4(),
                family=family,
                party=asked["party"],
                basis=asked["basis"],
                what=asked["what"],
                consent=standing.get(asked["consent"]),
                on=today,
                by=request.user,
                at=now(),
            )
            return reverse("family_consents", args=[family.id])

        return done(request, act)
    context = {
        "family": family,
        "form": form,
        "statements": statements(request.user, family),
        "door": "families",
    }
    return render(request, "apego/consents/disclosure_new.html", context, status=422 if form.errors else 200)
