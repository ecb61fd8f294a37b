"""What the program has decided about itself."""

from __future__ import annotations

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from apego.records.access import OutOfReach
from apego.records.actions import programs
from apego.web.forms.programs import Decided
from apego.web.requests import Asked, done, now


def program_settings(request: Asked) -> HttpResponse:
    if not request.user.is_coordinator:
        raise OutOfReach("program")
    form = Decided(
        request.POST or None, initial=model_to_dict(request.program, fields=list(Decided.base_fields))
    )
    if not form.is_valid():
        return render(
            request, "apego/programs/settings.html", {"form": form}, status=422 if form.is_bound else 200
        )

    def act() -> str:
        programs.decide(program=request.program, **form.cleaned_data, by=request.user, at=now())
        messages.success(request, _("The settings are kept."))
        return reverse("program_settings")

    return done(request, act)
