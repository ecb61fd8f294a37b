"""A page with a form on it: shown, shown again with what is wrong, or done once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.db.models import Model
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from apego.records.actions.acting import NotPossible
from apego.records.models import Variant
from apego.web.requests import Asked, done
from apego.web.wording import because

Words = str | Promise


def form_page(
    request: Asked,
    forms: Form | Sequence[Form],
    act: Callable[[], str],
    template: str = "apego/families/form.html",
    **said: Any,
) -> HttpResponse:
    """Show forms under one button, or do what they ask and go where `act` says.

    What an action refuses is told above the form, with everything still in it.
    """
    asked = [forms] if isinstance(forms, Form) else list(forms)
    found = [form.is_valid() for form in asked]  # each of them is asked, so that every error is shown at once
    if request.method == "POST" and all(found):
        try:
            answer = done(request, act)
        except NotPossible as refused:
            asked[0].add_error(None, str(because(refused.code)))
        else:
            return answer
    status = 422 if request.method == "POST" else 200
    return render(
        request, template, {"forms": asked, "form": asked[0], "door": "families", **said}, status=status
    )


def sent_id(request: Asked, what: str = "") -> UUID:
    """Give the id of what a form makes: the form's own key, or for a second thing one that is made of it."""
    key = UUID(request.POST["delivery"])
    return uuid5(key, what) if what else key


def saved(request: Asked, thing: Model, address: str) -> str:
    """Give where to go after an edit: to the address, or to both wordings where somebody was faster."""
    if isinstance(thing, Variant):
        return reverse("variant", args=[thing.pk])
    messages.success(request, _("Saved."))
    return address
