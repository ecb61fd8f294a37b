"""What is being typed on a visit's page: saved as one types, and dropped at will."""

from __future__ import annotations

import re
from uuid import UUID

from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from apego.records.access import Permission, require
from apego.records.actions import drafts
from apego.records.models import Visit
from apego.web.notebooks import place
from apego.web.requests import NOT_CONTENT, Asked, now, reach
from apego.web.views.visits import address_of

FORM = re.compile(r"moment|credit|plan|addendum|part-[a-z_]{1,24}|moment-[0-9a-f-]{36}", re.ASCII)


def _visit(request: Asked, id: UUID) -> Visit:
    require(request.user, Permission.WRITE)
    return reach(request, Visit, id, Visit.objects.select_related("family"))


@require_POST
def draft_save(request: Asked, id: UUID) -> HttpResponse:
    """Keep what stands in a form now. The answer is the word beside the field."""
    visit = _visit(request, id)
    form = request.POST.get("form", "")
    if not FORM.fullmatch(form):
        return HttpResponseBadRequest("form")
    try:
        key = UUID(request.POST.get("delivery", ""))
    except ValueError:
        key = None
    content = {name: values for name, values in request.POST.lists() if name not in {*NOT_CONTENT, "form"}}
    kept = drafts.save(
        person=request.user,
        place=place(visit, form),
        family=visit.family,
        content=content,
        at=now(),
        delivery=key,
    )
    return render(request, "apego/visits/_parts/draft_saved.html", {"draft": kept})


@require_POST
def draft_forget(request: Asked, id: UUID) -> HttpResponse:
    visit = _visit(request, id)
    form = request.POST.get("form", "")
    if not FORM.fullmatch(form):
        return HttpResponseBadRequest("form")
    drafts.forget(request.user, place(visit, form))
    back = f"{address_of(visit)}plan/" if form == "plan" else f"{address_of(visit)}?write"
    return HttpResponseRedirect(back)
