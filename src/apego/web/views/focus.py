"""A visitor's focus. Nobody else opens this page."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apego.records.access import Permission, require
from apego.records.actions import focus as actions
from apego.records.models import Focus
from apego.records.reflecting import focus_of, focuses_before
from apego.web.forms.reflect import FocusForm, focus_on, focuses
from apego.web.requests import Asked, done, now, reach


def focus(request: Asked) -> HttpResponse:
    """Choose what to be curious about next, or see what it is."""
    require(request.user, Permission.WRITE)
    form = FocusForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data

        def act() -> str:
            actions.choose(
                id=uuid4(), practice=told["practice"], words=told["words"], by=request.user, at=now()
            )
            messages.success(request, _("Your focus is kept. You find it on Today and here."))
            return reverse("focus")

        return done(request, act)
    current = focus_of(request.user)
    context = {
        "current": current,
        "current_says": _said(current),
        "before": [(one, _said(one)) for one in focuses_before(request.user)],
        "form": form,
        "door": "reflect",
    }
    return render(request, "apego/reflect/focus.html", context, status=422 if form.errors else 200)


@require_POST
def focus_lay_down(request: Asked, id: UUID) -> HttpResponse:
    require(request.user, Permission.WRITE)
    current = reach(request, Focus, id)

    def act() -> str:
        actions.lay_down(focus=current, by=request.user, at=now())
        return reverse("focus")

    return done(request, act)


def _said(chosen: Focus | None) -> str:
    known = dict(focuses())
    return focus_on(chosen.practice) if chosen and chosen.practice in known else ""
