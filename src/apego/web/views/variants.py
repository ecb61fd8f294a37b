"""Two edits of one thing, side by side: one stands, or the other, or both, and a person decides."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from apego.records.access import OutOfReach, Permission, may
from apego.records.actions import variants
from apego.records.models import Letter, Moment, Socialization, Supervision, Variant, Versioned, Visit
from apego.web.differences import beside
from apego.web.requests import Asked, done, look, now
from apego.web.templatetags.apego import clock, day

CHOICES = ("this", "other", "both")
# What a supervisor and the office write too. The rest is decided by who writes it: the family's visitors.
ANYBODYS = frozenset({"family", "child", "caregiver", "socialization", "supervision"})


def variant(request: Asked, id: UUID) -> HttpResponse:
    kept = look(request, Variant, id, Variant.objects.select_related("by", "family"))
    if not (may(request.user, Permission.WRITE) or may(request.user, Permission.ARRANGE)):
        raise OutOfReach(id)
    thing = variants.thing_of(kept)
    decides = kept.kind in ANYBODYS or may(request.user, Permission.WRITE)
    if request.method == "POST" and request.POST.get("choice") in CHOICES:
        if not decides:
            raise OutOfReach(id)

        def act() -> str:
            choice = cast(variants.Choice, request.POST["choice"])
            variants.settle(variant=kept, choice=choice, by=request.user, at=now())
            messages.success(request, _("Decided."))
            return home_of(kept, thing)

        return done(request, act)
    pairs = beside(kept, thing, request.user)
    writer = getattr(thing, "by", None)
    context = {
        "variant": kept,
        "decides": decides,
        "mine": {
            "who": kept.by.name,
            "when": f"{day(kept.at)}, {clock(kept.at)}",
            "fields": [(name, mine) for name, mine, _now in pairs],
        },
        "theirs": {
            "who": writer.name if writer else "",
            "fields": [(name, standing) for name, _mine, standing in pairs],
        },
        "home": home_of(kept, thing),
        "door": "families",
    }
    return render(request, "apego/visits/variant.html", context)


def home_of(kept: Variant, thing: Versioned) -> str:
    """Give the page on which the thing stands."""
    if isinstance(thing, Letter):
        return reverse("letter", args=[thing.pk])
    visit = thing if isinstance(thing, Visit) else getattr(thing, "visit", None)
    if isinstance(visit, Visit):
        return reverse("visit_detail", args=[visit.pk])
    if isinstance(thing, Socialization):
        return reverse("socialization", args=[thing.pk])
    if isinstance(thing, Supervision):
        return reverse("session", args=[thing.pk])
    if isinstance(thing, Moment):
        return reverse("group_moment", args=[thing.pk])
    return reverse("family", args=[kept.family_id])
