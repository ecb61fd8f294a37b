"""Who is at home: the children and the adults of a family."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from apego.records.actions import families as actions
from apego.records.models import Caregiver, Child, Family
from apego.web.form_pages import form_page, saved, sent_id
from apego.web.forms.families import CaregiverForm, ChildForm
from apego.web.requests import Asked, look, now


def child_new(request: Asked, id: UUID) -> HttpResponse:
    family = look(request, Family, id)
    form = ChildForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        actions.add_child(id=sent_id(request), family=family, facts=form.facts, by=request.user, at=now())
        return reverse("family", args=[family.pk])

    return form_page(request, form, act, title=_("A child"), family=family, save=_("Add this child"))


def child(request: Asked, id: UUID) -> HttpResponse:
    shown = look(request, Child, id, Child.objects.select_related("family"))
    form = ChildForm(request.POST if request.method == "POST" else None, thing=shown)

    def act() -> str:
        changed = actions.change_child(
            child=shown, base_version=form.version, changes=form.facts, by=request.user, at=now()
        )
        return saved(request, changed, reverse("family", args=[shown.family_id]))

    return form_page(request, form, act, title=shown.name, family=shown.family)


def caregiver_new(request: Asked, id: UUID) -> HttpResponse:
    family = look(request, Family, id)
    form = CaregiverForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        actions.add_caregiver(id=sent_id(request), family=family, facts=form.facts, by=request.user, at=now())
        return reverse("family", args=[family.pk])

    return form_page(
        request, form, act, title=_("An adult at home"), family=family, save=_("Add this person")
    )


def caregiver(request: Asked, id: UUID) -> HttpResponse:
    shown = look(request, Caregiver, id, Caregiver.objects.select_related("family"))
    form = CaregiverForm(request.POST if request.method == "POST" else None, thing=shown)

    def act() -> str:
        changed = actions.change_caregiver(
            caregiver=shown, base_version=form.version, changes=form.facts, by=request.user, at=now()
        )
        return saved(request, changed, reverse("family", args=[shown.family_id]))

    return form_page(request, form, act, title=shown.name, family=shown.family)
