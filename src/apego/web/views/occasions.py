"""Days that matter and small attentions: what comes, what was done, what to remember next year."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apego.records import access, occasions
from apego.records.access import Permission
from apego.records.actions import occasions as actions
from apego.records.models import Caregiver, Child, Family, Memento, Occasion
from apego.web.form_pages import form_page, saved, sent_id
from apego.web.forms.occasions import MementoForm, OccasionForm, Whose, people_of
from apego.web.requests import Asked, done, look, now, reach
from apego.web.views.families import written

MEMENTOS_SHOWN = 40


def family_days(request: Asked, id: UUID) -> HttpResponse:
    """The year ahead of a family, and the attentions given so far."""
    family = written(request, id)
    mementos = access.visible(request.user, Memento).filter(family=family)
    removed = access.visible(request.user, Occasion).filter(family=family, removed_at__isnull=False)
    context = {
        "family": family,
        "days": occasions.ahead(request.user, [family], on=timezone.localdate(), within=366),
        "mementos": mementos.select_related("child", "caregiver", "occasion").order_by("-on")[
            :MEMENTOS_SHOWN
        ],
        "removed": removed,
        "may_write": access.may(request.user, Permission.WRITE),
        "door": "families",
    }
    return render(request, "apego/families/family_days.html", context)


def _people(request: Asked, family: Family) -> Whose:
    children = access.visible(request.user, Child).filter(family=family)
    caregivers = access.visible(request.user, Caregiver).filter(family=family, left_on=None)
    return people_of(list(children), list(caregivers))


def occasion_new(request: Asked, id: UUID) -> HttpResponse:
    access.require(request.user, Permission.WRITE)
    family = written(request, id)
    form = OccasionForm(request.POST if request.method == "POST" else None, people=_people(request, family))

    def act() -> str:
        actions.add(id=sent_id(request), family=family, **form.facts, by=request.user, at=now())
        return reverse("family_days", args=[family.pk])

    return form_page(
        request, form, act, title=_("A day that matters"), family=family, save=_("Remember this day")
    )


def occasion(request: Asked, id: UUID) -> HttpResponse:
    access.require(request.user, Permission.WRITE)
    shown = look(request, Occasion, id, Occasion.objects.select_related("family", "child", "caregiver"))
    people = _people(request, shown.family)
    form = OccasionForm(request.POST if request.method == "POST" else None, people=people, thing=shown)

    def act() -> str:
        changed = actions.change(
            occasion=shown, base_version=form.version, changes=form.facts, by=request.user, at=now()
        )
        return saved(request, changed, reverse("family_days", args=[shown.family_id]))

    return form_page(
        request,
        form,
        act,
        "apego/families/occasion.html",
        title=_("A day that matters"),
        family=shown.family,
        occasion=shown,
    )


@require_POST
def occasion_remove(request: Asked, id: UUID) -> HttpResponse:
    access.require(request.user, Permission.WRITE)
    shown = reach(request, Occasion, id)

    def act() -> str:
        actions.remove(occasion=shown, by=request.user, at=now())
        messages.success(request, _("The day is off the list. Below it can be brought back."))
        return reverse("family_days", args=[shown.family_id])

    return done(request, act)


@require_POST
def occasion_bring_back(request: Asked, id: UUID) -> HttpResponse:
    access.require(request.user, Permission.WRITE)
    shown = reach(request, Occasion, id)

    def act() -> str:
        actions.bring_back(occasion=shown, by=request.user, at=now())
        return reverse("family_days", args=[shown.family_id])

    return done(request, act)


def memento_new(request: Asked, id: UUID) -> HttpResponse:
    access.require(request.user, Permission.WRITE)
    family = written(request, id)
    days = access.visible(request.user, Occasion).filter(family=family, removed_at=None)
    things = _people(request, family) | {
        f"occasion-{day.pk}": day for day in days.select_related("child", "caregiver")
    }
    form = MementoForm(request.POST if request.method == "POST" else None, family=family, things=things)

    def act() -> str:
        actions.keep_memento(id=sent_id(request), family=family, **form.facts, by=request.user, at=now())
        return reverse("family_days", args=[family.pk])

    return form_page(request, form, act, title=_("A small attention"), family=family, save=_("Keep it"))
