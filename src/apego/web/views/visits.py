"""A visit planned, moved, not held, begun and written. Its moments are in `moments`, its end in `finishing`."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apego.practice.planning import visit_parts
from apego.practice.visiting import reasons
from apego.records import calendar, families, notebook
from apego.records.access import Permission, may, require, visible
from apego.records.actions import drafts, visits
from apego.records.actions.acting import NotPossible
from apego.records.actions.visits import NOT_HELD
from apego.records.models import Family, Person, Plan, Visit
from apego.records.planning import visitors_for
from apego.web.form_pages import form_page, saved, sent_id
from apego.web.forms.visits import (
    Moved,
    NewVisit,
    NotHeld,
    PartForm,
    When,
    WhoWhenWhere,
)
from apego.web.notebooks import finished_page, notebook_page, place, planned
from apego.web.requests import Asked, done, look, now, small_number


def writable(request: Asked, id: UUID) -> Visit:
    """Give a visit that this person writes at, or 404. A form that is refused shows it, so the look is logged."""
    require(request.user, Permission.WRITE)
    return look(request, Visit, id, notebook.opening())


def unfinished(request: Asked, id: UUID) -> Visit:
    """Give a visit whose form is to be shown. Nobody fills in a form that a finished visit would then refuse;
    what was typed before it was finished still comes back with its form."""
    visit = writable(request, id)
    if visit.finished_at and request.method == "GET":
        raise NotPossible("already-finished")
    return visit


def address_of(visit: Visit) -> str:
    return reverse("visit_detail", args=[visit.pk])


def visit_detail(request: Asked, id: UUID) -> HttpResponse:
    """A visit: planned, its notebook while it is written, or as it was finished."""
    visit = look(request, Visit, id, notebook.opening())
    if visit.finished_at or not may(request.user, Permission.WRITE):
        return finished_page(request, visit)
    is_written = visit.status == Visit.Status.UNDER_WAY or (
        visit.status == Visit.Status.PLANNED and "write" in request.GET
    )
    if is_written:
        return notebook_page(request, visit)
    context = {
        "visit": visit,
        "is_missed": visit.status in NOT_HELD,
        "reason": reasons().get(visit.reason),
        "planned": planned(visit, visible(request.user, Plan).filter(visit=visit).first()),
        "made_up_by": visit.made_up_by.exclude(status__in=NOT_HELD).first(),
        "is_today": timezone.localdate(visit.planned_at) <= timezone.localdate(),
        "door": "families",
    }
    return render(request, "apego/visits/visit_planned.html", context)


def family_visits(request: Asked, id: UUID) -> HttpResponse:
    """The calendar of a family's visits: ahead, to be made up, held and not held, one program year at a time."""
    family = look(request, Family, id)
    year = calendar.year(
        request.user,
        family,
        request.program,
        timezone.localdate(),
        small_number(request.GET.get("year", "")),
    )
    context = {
        "family": family,
        "year": year,
        "is_open": families.written_is_open(request.user, family),
        "may_write": may(request.user, Permission.WRITE),
        "series": calendar.series_of(request.user, family, timezone.localdate()),
        "door": "families",
    }
    return render(request, "apego/visits/family_visits.html", context)


def visit_new(request: Asked, id: UUID) -> HttpResponse:
    require(request.user, Permission.WRITE)
    family = look(request, Family, id)
    goers = visitors_for(family, timezone.localdate(), request.user)
    initial = {"day": timezone.localdate(), "visitors": [request.user.pk]}
    form = NewVisit(request.POST or None, visitors=goers, initial=initial)

    def act() -> str:
        asked = form.cleaned_data
        planned = visits.schedule(
            id=sent_id(request),
            family=family,
            planned_at=asked["planned_at"],
            visitors=asked["visitors"],
            is_first=asked["is_first"],
            by=request.user,
            at=now(),
        )
        return reverse("plan", args=[planned.pk])

    return form_page(
        request,
        form,
        act,
        "apego/visits/form.html",
        family=family,
        title=_("Plan a visit"),
        button=_("Go on to the plan"),
    )


def visit_move(request: Asked, id: UUID) -> HttpResponse:
    visit = unfinished(request, id)
    planned = timezone.localtime(visit.planned_at)
    initial = {"day": planned.date(), "time": planned.time(), "base_version": visit.version}
    form = Moved(request.POST or None, initial=initial)

    def act() -> str:
        asked = form.cleaned_data
        moved = visits.reschedule(
            visit=visit,
            planned_at=asked["planned_at"],
            base_version=asked["base_version"],
            by=request.user,
            at=now(),
        )
        return saved(request, moved, address_of(visit))

    return form_page(
        request,
        form,
        act,
        "apego/visits/form.html",
        family=visit.family,
        visit=visit,
        title=_("Move the visit"),
        button=_("Move it"),
    )


def visit_not_held(request: Asked, id: UUID) -> HttpResponse:
    visit = unfinished(request, id)
    form = NotHeld(request.POST or None)

    def act() -> str:
        asked = form.cleaned_data
        visits.not_held(
            visit=visit, outcome=asked["outcome"], reason=asked["reason"], by=request.user, at=now()
        )
        return address_of(visit)

    return form_page(
        request,
        form,
        act,
        "apego/visits/form.html",
        family=visit.family,
        visit=visit,
        title=_("The visit was not held"),
        button=_("Note it"),
    )


@require_POST
def visit_put_back(request: Asked, id: UUID) -> HttpResponse:
    visit = writable(request, id)

    def act() -> str:
        visits.put_back(visit=visit, by=request.user, at=now())
        return address_of(visit)

    return done(request, act)


def visit_make_up(request: Asked, id: UUID) -> HttpResponse:
    visit = writable(request, id)
    form = When(request.POST or None, initial={"day": timezone.localdate()})

    def act() -> str:
        asked = form.cleaned_data
        made = visits.make_up(
            id=sent_id(request), visit=visit, planned_at=asked["planned_at"], by=request.user, at=now()
        )
        return reverse("plan", args=[made.pk])

    return form_page(
        request,
        form,
        act,
        "apego/visits/form.html",
        family=visit.family,
        visit=visit,
        title=_("Make the visit up"),
        button=_("Go on to the plan"),
    )


@require_POST
def visit_start(request: Asked, id: UUID) -> HttpResponse:
    visit = writable(request, id)

    def act() -> str:
        visits.start(visit=visit, by=request.user, at=now())
        return address_of(visit)

    return done(request, act)


@require_POST
def visit_part(request: Asked, id: UUID) -> HttpResponse:
    """One part of the visit, kept."""
    visit = writable(request, id)
    form = PartForm(request.POST, part=request.POST.get("part", ""))
    if not form.is_valid():
        return notebook_page(request, visit, part=form)
    asked = form.cleaned_data

    def act() -> str:
        written = visits.write(
            visit=visit,
            part=asked["part"],
            words=asked["words"],
            base_version=asked["base_version"],
            by=request.user,
            at=now(),
        )
        drafts.forget(request.user, place(visit, f"part-{asked['part']}"))
        named = visit_parts().get(asked["part"])
        return saved(request, written, f"{address_of(visit)}?write#part-{named.id if named else ''}")

    return done(request, act)


def goers(visit: Visit, user: Person) -> QuerySet[Person]:
    """Give who may be named as a visitor of a visit."""
    return visitors_for(visit.family, timezone.localdate(visit.planned_at), user, visit)


def visit_edit(request: Asked, id: UUID) -> HttpResponse:
    """Who took part, when and where."""
    visit = unfinished(request, id)
    form = WhoWhenWhere(
        request.POST or None,
        visit=visit,
        visitors=goers(visit, request.user),
        initial=WhoWhenWhere.as_it_stands(visit),
    )

    def act() -> str:
        changed = visits.change(
            visit=visit,
            base_version=form.cleaned_data["base_version"],
            by=request.user,
            at=now(),
            **form.changes,
        )
        return saved(request, changed, f"{address_of(visit)}?write")

    return form_page(
        request,
        form,
        act,
        "apego/visits/form.html",
        family=visit.family,
        visit=visit,
        title=_("Who, when and where"),
        button=_("Keep it"),
    )
