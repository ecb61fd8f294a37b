"""A roster comes in: a file, a preview of all that it would do and all that is wrong, a yes."""

from __future__ import annotations

import csv
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from apego.records.access import OutOfReach
from apego.records.actions import roster as actions
from apego.records.actions.acting import NotPossible
from apego.records.enrolling import preview
from apego.records.roster import columns, read, sample
from apego.web.forms import roster as forms
from apego.web.notebooks import page_language
from apego.web.requests import Asked, done, now

SHOWN = 200  # families in the preview; the numbers above it are of all


def _coordinating(request: Asked) -> None:
    if not request.user.is_coordinator:
        raise OutOfReach("roster")


def roster(request: Asked) -> HttpResponse:
    """Bring a file, or look at what the one that waits would do."""
    _coordinating(request)
    if request.method == "POST":
        return _brought(request)
    data = actions.waiting(request.user)
    return _upload(request, forms.RosterForm()) if data is None else _preview(request, data)


def _brought(request: Asked) -> HttpResponse:
    form = forms.RosterForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload(request, form)
    # Put aside and not enrolled: brought again, the file only takes the place of the first.
    actions.bring(data=form.text, by=request.user, at=now())
    return redirect("roster")


def _upload(request: Asked, form: forms.RosterForm) -> HttpResponse:
    context = {"form": form, "columns": columns().values(), "door": "office"}
    return render(request, "apego/roster/roster.html", context, status=422 if form.errors else 200)


def _preview(request: Asked, data: str, **more: Any) -> HttpResponse:
    found = preview(read(data.encode()), timezone.localdate())
    context = {
        "found": found,
        "problems": [forms.told(problem) for problem in found.problems],
        "notes": [forms.told(note) for note in found.notes],
        "shown": found.new[:SHOWN],
        "further": max(len(found.new) - SHOWN, 0),
        "door": "office",
        **more,
    }
    return render(request, "apego/roster/preview.html", context)


@require_POST
def roster_agree(request: Asked) -> HttpResponse:
    """Enrol everybody of the file, or nobody."""
    _coordinating(request)

    def act() -> str:
        before = preview(read((actions.waiting(request.user) or "").encode()), timezone.localdate())
        key = UUID(request.POST["delivery"])
        actions.enrol(key=key, program=request.program, by=request.user, at=now())
        number = len(before.new)
        told = ngettext("%(number)d family enrolled.", "%(number)d families enrolled.", number)
        messages.success(request, told % {"number": number})
        return reverse("families")

    try:
        return done(request, act)
    except NotPossible:
        messages.warning(
            request, _("Nothing was enrolled: something changed since the preview. Look at it again.")
        )
        return redirect("roster")


@require_POST
def roster_put_away(request: Asked) -> HttpResponse:
    """Put the file away; nothing of it is kept."""
    _coordinating(request)

    def act() -> str:
        actions.put_away(request.user)
        return reverse("roster")

    return done(request, act)


@require_GET
def roster_sample(request: Asked) -> HttpResponse:
    """Give the sample, with the signature by which Excel knows UTF-8."""
    _coordinating(request)
    name = _("roster-sample.csv")
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    csv.writer(answer).writerows(sample(page_language()))
    return answer
