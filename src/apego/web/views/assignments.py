"""Who visits a family: steadily, for a while, from now on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apego.records import access
from apego.records.access import Permission
from apego.records.actions import assignments as actions
from apego.records.models import Assignment, Family, Person
from apego.web.form_pages import form_page, sent_id
from apego.web.forms.assignments import AssignForm, AssignmentEndForm, CoverForm, HandOverForm
from apego.web.requests import Asked, look, now
from apego.web.views.families import visitors_to_choose


def family_visitors(request: Asked, id: UUID) -> HttpResponse:
    """Who visits, who covers, who did before; reasons only for who arranges."""
    family = look(request, Family, id)
    known = access.visible(request.user, Assignment).filter(family=family).select_related("visitor", "covers")
    today = timezone.localdate()
    ordered = list(known.order_by("-since", "made_at"))
    context = {
        "family": family,
        "current": [one for one in ordered if one.until is None or one.until >= today],
        "before": [one for one in ordered if one.until is not None and one.until < today],
        "may_arrange": access.may(request.user, Permission.ARRANGE),
        "door": "families",
    }
    return render(request, "apego/families/family_visitors.html", context)


def _asked(request: Asked, id: UUID, kind: Any) -> tuple[Family, Any]:
    """Give the family and the form; only who arranges comes this far."""
    access.require(request.user, Permission.ARRANGE)
    family = look(request, Family, id)
    running = family.assignments.filter(Assignment.on(timezone.localdate()), kind=Assignment.Kind.STEADY)
    steady = Person.objects.filter(pk__in=running.values("visitor"))
    data = request.POST if request.method == "POST" else None
    return family, kind(data, visitors=visitors_to_choose(request), steady=steady)


def assign(request: Asked, id: UUID) -> HttpResponse:
    family, form = _asked(request, id, AssignForm)

    def act() -> str:
        actions.assign(id=sent_id(request), family=family, **form.cleaned_data, by=request.user, at=now())
        return reverse("family_visitors", args=[family.pk])

    return form_page(request, form, act, title=_("Somebody who visits this family"), family=family)


def cover(request: Asked, id: UUID) -> HttpResponse:
    family, form = _asked(request, id, CoverForm)

    def act() -> str:
        actions.cover(id=sent_id(request), family=family, **form.cleaned_data, by=request.user, at=now())
        return reverse("family_visitors", args=[family.pk])

    explained = _(
        "The visits planned for these days go to who covers. She opens the family on safety and language."
    )
    return form_page(request, form, act, title=_("Cover for a while"), family=family, explained=explained)


def hand_over(request: Asked, id: UUID) -> HttpResponse:
    family, form = _asked(request, id, HandOverForm)

    def act() -> str:
        actions.hand_over(id=sent_id(request), family=family, **form.cleaned_data, by=request.user, at=now())
        messages.success(request, _("Handed over. The weekly day and the planned visits went along."))
        in_reach = access.visible(request.user, Family).filter(pk=family.pk).exists()
        return reverse("family_visitors", args=[family.pk]) if in_reach else reverse("families")

    explained = _(
        "From that day on the family is hers, with its whole record. A last visit together makes it easier."
    )
    return form_page(
        request, form, act, title=_("Hand over to another visitor"), family=family, explained=explained
    )


def assignment_end(request: Asked, id: UUID) -> HttpResponse:
    access.require(request.user, Permission.ARRANGE)
    assignment = look(request, Assignment, id, Assignment.objects.select_related("family", "visitor"))
    form = AssignmentEndForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        actions.end(assignment=assignment, on=form.cleaned_data["on"], by=request.user, at=now())
        in_reach = access.visible(request.user, Family).filter(pk=assignment.family_id).exists()
        return reverse("family_visitors", args=[assignment.family_id]) if in_reach else reverse("families")

    title = _("%(name)s no longer visits this family") % {"name": assignment.visitor.name}
    return form_page(request, form, act, title=title, family=assignment.family)
