"""Safety notes: read by the family's visitors and the supervisor who reviews them, and shown nowhere else."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from apego.records import access
from apego.records.access import Permission
from apego.records.actions import safety as actions
from apego.records.models import Caregiver, SafetyNote
from apego.web.form_pages import form_page, sent_id
from apego.web.forms.safety import ReviewForm, SafetyNoteForm
from apego.web.requests import Asked, look, now
from apego.web.views.families import written


def family_safety(request: Asked, id: UUID) -> HttpResponse:
    family = written(request, id)
    notes = access.visible(request.user, SafetyNote).filter(family=family)
    context = {
        "family": family,
        "notes": notes.select_related("caregiver", "by", "reviewed_by")
        .prefetch_related("in_bundle_for")
        .order_by("-at"),
        "may_write": access.may(request.user, Permission.WRITE),
        "may_review": access.may(request.user, Permission.REVIEW),
        "door": "families",
    }
    return render(request, "apego/families/family_safety.html", context)


def safety_note_new(request: Asked, id: UUID) -> HttpResponse:
    access.require(request.user, Permission.WRITE)
    family = written(request, id)
    at_home = access.visible(request.user, Caregiver).filter(family=family, left_on=None)
    form = SafetyNoteForm(request.POST if request.method == "POST" else None, at_home=at_home)

    def act() -> str:
        told = form.cleaned_data
        actions.note(
            id=sent_id(request),
            family=family,
            when=form.when,
            words=told["words"],
            caregiver=told["caregiver"],
            by=request.user,
            at=now(),
        )
        return reverse("family_safety", args=[family.pk])

    return form_page(
        request, form, act, "apego/families/safety_note_new.html", title=_("A safety note"), family=family
    )


def safety_review(request: Asked, id: UUID) -> HttpResponse:
    access.require(request.user, Permission.REVIEW)
    note = look(request, SafetyNote, id, SafetyNote.objects.select_related("family", "caregiver", "by"))
    form = ReviewForm(
        request.POST if request.method == "POST" else None,
        caregivers=access.visible(request.user, Caregiver).filter(family=note.family),
        initial={"in_bundle_for": note.in_bundle_for.all()},
    )

    def act() -> str:
        named = form.cleaned_data["in_bundle_for"]
        actions.review(note=note, in_bundle_for=named, by=request.user, at=now())
        messages.success(request, _("Reviewed."))
        return reverse("family_safety", args=[note.family_id])

    return form_page(
        request,
        form,
        act,
        "apego/families/safety_review.html",
        title=_("Review a safety note"),
        family=note.family,
        note=note,
    )
