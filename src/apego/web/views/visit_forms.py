"""The program's form, in the order in which its other system asks for a visit."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from apego.records.access import Permission, require
from apego.records.actions import forms
from apego.records.copying import form_of
from apego.web.forms.visit_form import VisitForm
from apego.web.notebooks import page_language
from apego.web.requests import Asked, done, now


def visit_form(request: Asked) -> HttpResponse:
    """Order the form, or go back to the one that is shipped."""
    require(request.user, Permission.ANSWER)
    form = VisitForm(request.POST or None, sections=form_of(request.program, page_language()))
    shipped = "shipped" in request.POST

    def act() -> str:
        sections = [] if shipped else form.sections
        forms.order(program=request.program, sections=sections, by=request.user, at=now())
        messages.success(request, _("The form is kept. Visits are copied in this order from now on."))
        return reverse("visit_form")

    if request.method == "POST" and (shipped or form.is_valid()):
        return done(request, act)
    return render(
        request,
        "apego/visits/visit_form.html",
        {"form": form, "door": "office"},
        status=422 if form.is_bound else 200,
    )
