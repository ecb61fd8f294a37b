"""Supervision: a supervisor's visitors, one visitor's families, and the sessions of the two."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apego.records import caseload as questions
from apego.records.access import OutOfReach, Permission, may
from apego.records.actions import supervisions as actions
from apego.records.gatherings import next_groups
from apego.records.models import Person, Supervision, Variant
from apego.web.form_pages import form_page, saved, sent_id
from apego.web.forms.supervision import SessionForm
from apego.web.requests import Asked, now, reach


def supervision(request: Asked) -> HttpResponse:
    """A supervisor's visitors, in the order of their names; a visitor's own sessions."""
    if request.user.is_coordinator:
        raise OutOfReach("supervision")
    if request.user.is_visitor:
        return _own(request)
    at = now()
    today = timezone.localdate(at)
    visitors = questions.visitors_of(request.user)
    context = {
        "caseloads": questions.caseloads(request.user, visitors, request.program, at),
        "size": questions.size(today),
        "today": today,
        "groups": next_groups(at),
        "door": "supervision",
    }
    return render(request, "apego/supervision/supervision.html", context)


def _own(request: Asked) -> HttpResponse:
    context = {
        "visitor": request.user,
        "sessions": questions.sessions(request.user, request.user),
        "shared": questions.shared(request.user, request.user),
        "agreed": questions.agreed_last(now(), request.user, request.user),
        "now": now(),
        "door": "reflect",
    }
    return render(request, "apego/supervision/own.html", context)


def _visitor(request: Asked, id: UUID) -> Person:
    """Give a visitor for herself and for her supervisor; a coordinator has the counts."""
    visitor = reach(request, Person, id, Person.objects.select_related("supervisor"))
    if request.user.is_coordinator or not visitor.is_visitor:
        raise OutOfReach(id)
    return visitor


def caseload(request: Asked, id: UUID) -> HttpResponse:
    """One visitor's families, her sessions, and what she shared."""
    visitor = _visitor(request, id)
    at = now()
    [load] = questions.caseloads(request.user, [visitor], request.program, at)
    context = {
        "load": load,
        "visitor": visitor,
        "size": questions.size(timezone.localdate(at)),
        "sessions": questions.sessions(request.user, visitor),
        "shared": questions.shared(request.user, visitor),
        "agreed": questions.agreed_last(at, request.user, visitor),
        "may_arrange": may(request.user, Permission.ARRANGE),
        "now": at,
        "door": "supervision" if request.user.is_supervisor else "reflect",
    }
    return render(request, "apego/supervision/caseload.html", context)


def session_new(request: Asked, id: UUID) -> HttpResponse:
    """Note a session, or plan the next one. What was agreed last time stands on top."""
    visitor = _visitor(request, id)
    at = now()
    form = SessionForm(request.POST if request.method == "POST" else None, at=at)

    def act() -> str:
        made = actions.note(id=sent_id(request), visitor=visitor, **form.written, by=request.user, at=now())
        messages.success(request, _("Kept for the two of you."))
        return reverse("session", args=[made.pk])

    return form_page(
        request,
        form,
        act,
        "apego/supervision/session.html",
        visitor=visitor,
        agreed=questions.agreed_last(at, request.user, visitor),
        door=_door(request),
    )


def session(request: Asked, id: UUID) -> HttpResponse:
    """A session as it stands, to be written further by either of the two."""
    kept = reach(request, Supervision, id, Supervision.objects.select_related("visitor", "supervisor"))
    form = SessionForm(request.POST if request.method == "POST" else None, session=kept, at=kept.at)

    def act() -> str:
        changed = actions.change(
            session=kept,
            base_version=form.cleaned_data["base_version"] or 0,
            **form.written,
            by=request.user,
            at=now(),
        )
        return saved(request, changed, reverse("session", args=[kept.pk]))

    return form_page(
        request,
        form,
        act,
        "apego/supervision/session.html",
        session=kept,
        visitor=kept.visitor,
        agreed=questions.agreed_last(kept.at, request.user, kept.visitor),
        edits=Variant.objects.filter(kind="supervision", thing=kept.pk, settled_at=None).select_related("by"),
        door=_door(request),
    )


def _door(request: Asked) -> str:
    return "supervision" if request.user.is_supervisor else "reflect"
