"""A parent's request about the record: its clock, the answer, a correction, the parent's own statement."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apego.practice.consents import right
from apego.records import access
from apego.records import office as questions
from apego.records.access import OutOfReach, Permission
from apego.records.actions import requests
from apego.records.models import Caregiver, ParentRequest, Visit
from apego.web.form_pages import form_page, sent_id
from apego.web.forms.office import AmendForm, AnswerForm, RequestForm, StatementForm
from apego.web.forms.reflect import page_language
from apego.web.requests import Asked, look, now
from apego.web.views.office import FORM, answering


def request_new(request: Asked, id: UUID) -> HttpResponse:
    family = answering(request, id)
    form = RequestForm(
        request.POST or None,
        caregivers=access.visible(request.user, Caregiver).filter(family=family),
        today=timezone.localdate(),
    )

    def act() -> str:
        kept = requests.receive(
            id=sent_id(request), family=family, **form.cleaned_data, by=request.user, at=now()
        )
        return reverse("parent_request", args=[kept.pk])

    return form_page(request, form, act, FORM, title=_("A parent's request"), family=family, door="office")


def parent_request(request: Asked, id: UUID) -> HttpResponse:
    """One request: its clock, its answer, the correction or the parent's statement."""
    asked = _request(request, id)
    context = {
        "asked": asked,
        "family": asked.family,
        "days": (asked.due_on - timezone.localdate()).days,
        "opening": questions.open_now(request.user, asked.family, now()),
        "addenda": asked.addenda.select_related("visit", "by").order_by("at"),
        "hearing": right("hearing"),
        "caregivers": access.visible(request.user, Caregiver).filter(family=asked.family),
    }
    return render(request, "apego/office/parent_request.html", context | {"door": "office"})


def _request(request: Asked, id: UUID) -> ParentRequest:
    access.require(request.user, Permission.ANSWER)
    return look(request, ParentRequest, id, ParentRequest.objects.select_related("family", "caregiver", "by"))


def _about_request(request: Asked, asked: ParentRequest, form: Any, act: Any, **said: Any) -> HttpResponse:
    home = reverse("parent_request", args=[asked.pk])

    def acted() -> str:
        act()
        return home

    return form_page(
        request, form, acted, FORM, family=asked.family, asked=asked, back=home, door="office", **said
    )


def request_answer(request: Asked, id: UUID) -> HttpResponse:
    asked = _request(request, id)
    form = AnswerForm(request.POST or None, today=timezone.localdate())

    def act() -> None:
        told = form.cleaned_data
        requests.answer(request=asked, granted=told["answer"] == ParentRequest.Answer.GRANTED, words=told["words"],
                        on=told["on"], by=request.user, at=now())  # fmt: skip

    return _about_request(request, asked, form, act, title=_("Answer the request"))


def request_statement(request: Asked, id: UUID) -> HttpResponse:
    asked = _request(request, id)
    form = StatementForm(request.POST or None, initial={"statement": asked.statement})

    def act() -> None:
        requests.state(request=asked, statement=form.cleaned_data["statement"], by=request.user, at=now())

    explained = right("statement").says[page_language()]
    return _about_request(request, asked, form, act, title=_("The parent's statement"), explained=explained)


def request_amend(request: Asked, id: UUID) -> HttpResponse:
    """Add the correction below a finished visit. It takes an open record: nobody corrects what she has not read."""
    asked = _request(request, id)
    finished = access.visible(request.user, Visit).filter(family=asked.family, finished_at__isnull=False)
    if questions.open_now(request.user, asked.family, now()) is None:
        raise OutOfReach("closed")
    form = AmendForm(request.POST or None, visits=finished.order_by("-started_at"))

    def act() -> None:
        requests.amend(id=sent_id(request), request=asked, **form.cleaned_data, by=request.user, at=now())

    return _about_request(request, asked, form, act, title=_("Add a correction"))
