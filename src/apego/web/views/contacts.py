"""Calls, messages and words in passing between visits."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from apego.practice import visiting
from apego.records import access
from apego.records.access import Permission
from apego.records.actions import contacts as actions
from apego.records.models import Caregiver, Contact
from apego.web.form_pages import form_page, sent_id
from apego.web.forms.contacts import ContactForm
from apego.web.requests import Asked, now
from apego.web.views.families import written

ON_A_PAGE = 30


def family_contacts(request: Asked, id: UUID) -> HttpResponse:
    family = written(request, id)
    contacts = access.visible(request.user, Contact).filter(family=family).select_related("caregiver", "by")
    page = Paginator(contacts.order_by("-at"), ON_A_PAGE).get_page(request.GET.get("page"))
    may_write = access.may(request.user, Permission.WRITE)
    context = {"family": family, "page": page, "may_write": may_write, "door": "families"}
    return render(request, "apego/families/family_contacts.html", context)


def contact_new(request: Asked, id: UUID) -> HttpResponse:
    access.require(request.user, Permission.WRITE)
    family = written(request, id)
    at_home = access.visible(request.user, Caregiver).filter(family=family, left_on=None)
    form = ContactForm(request.POST if request.method == "POST" else None, at_home=at_home)

    def act() -> str:
        told = form.cleaned_data
        actions.record(
            id=sent_id(request),
            family=family,
            when=form.when,
            how=told["how"],
            caregiver=told["caregiver"],
            words=told["words"],
            by=request.user,
            at=now(),
        )
        return reverse("family", args=[family.pk])

    return form_page(
        request,
        form,
        act,
        "apego/families/contact_new.html",
        title=_("A contact"),
        family=family,
        prompts=visiting.contact_prompts().values(),
    )
