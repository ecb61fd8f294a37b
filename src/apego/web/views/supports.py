"""How a parent is doing, supports and referrals. Restricted to who works with the family."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from apego.practice import supports as content
from apego.records import access
from apego.records.access import Permission
from apego.records.actions import supports as actions
from apego.records.models import Caregiver, Support
from apego.web.form_pages import form_page, sent_id
from apego.web.forms.supports import SupportForm
from apego.web.requests import Asked, now
from apego.web.views.families import written


def family_supports(request: Asked, id: UUID) -> HttpResponse:
    family = written(request, id)
    noted = access.visible(request.user, Support).filter(family=family).select_related("caregiver", "by")
    may_write = access.may(request.user, Permission.WRITE)
    context = {
        "family": family,
        "noted": noted.order_by("-on", "-made_at"),
        "may_write": may_write,
        "door": "families",
    }
    return render(request, "apego/families/family_supports.html", context)


def support_new(request: Asked, id: UUID) -> HttpResponse:
    access.require(request.user, Permission.WRITE)
    family = written(request, id)
    at_home = access.visible(request.user, Caregiver).filter(family=family, left_on=None)
    form = SupportForm(request.POST if request.method == "POST" else None, at_home=at_home)

    def act() -> str:
        actions.note(id=sent_id(request), family=family, **form.cleaned_data, by=request.user, at=now())
        return reverse("family_supports", args=[family.pk])

    return form_page(
        request,
        form,
        act,
        "apego/families/support_new.html",
        title=_("How somebody is doing"),
        family=family,
        areas=content.areas().values(),
    )
