"""The end of a visit: finished with its times, signed, added to, and copied as text."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apego.records import notebook
from apego.records.actions import drafts, visits
from apego.records.copying import as_text
from apego.records.models import Variant, Visit
from apego.web.form_pages import form_page, sent_id
from apego.web.forms.visits import AddendumForm, Finish, ParentSigns, WhoWhenWhere
from apego.web.notebooks import finished_page, page_language, place
from apego.web.requests import Asked, done, look, now
from apego.web.views.visits import address_of, goers, unfinished, writable


def visit_finish(request: Asked, id: UUID) -> HttpResponse:
    """Who, when and where once more, then the times are fixed and the visitor signs by finishing."""
    visit = unfinished(request, id)
    initial = WhoWhenWhere.as_it_stands(visit)
    initial["caregivers"] = initial["caregivers"] or visit.family.caregivers.filter(left_on=None)
    initial["begins"] = initial["begins"] or timezone.localtime(visit.planned_at).time()
    form = Finish(request.POST or None, visit=visit, visitors=goers(visit, request.user), initial=initial)

    def act() -> str:
        changed = visits.change(
            visit=visit,
            base_version=form.cleaned_data["base_version"],
            by=request.user,
            at=now(),
            **form.changes,
        )
        if isinstance(changed, Variant):
            return reverse("variant", args=[changed.pk])
        visits.finish(visit=visit, by=request.user, at=now())
        messages.success(request, _("Finished and signed."))
        return address_of(visit)

    typed = drafts.of(request.user, place(visit, ""))
    return form_page(
        request,
        form,
        act,
        "apego/visits/visit_finish.html",
        visit=visit,
        family=visit.family,
        variants=visits.open_variants(visit),
        typed=[draft for draft in typed.values() if draft.content.get("words", [""])[0].strip()],
    )


def visit_sign(request: Asked, id: UUID) -> HttpResponse:
    """The second visitor signs by being signed in; a parent on the screen, or on paper that somebody saw."""
    visit = writable(request, id)
    form = ParentSigns(request.POST or None, visit=visit)

    def act() -> str:
        asked = form.cleaned_data
        visits.sign(
            visit=visit,
            caregiver=asked["caregiver"],
            how=asked["how"],
            drawing=asked["drawing"],
            by=request.user,
            at=now(),
        )
        messages.success(request, _("Signed."))
        return address_of(visit)

    signatures = notebook.signed(visit)
    context = {
        "visit": visit,
        "family": visit.family,
        "signatures": signatures,
        "has_signed": any(signature.person_id == request.user.pk for signature in signatures),
        "book": notebook.opened(visit, page_language()),
    }
    return form_page(request, form, act, "apego/visits/visit_sign.html", **context)


@require_POST
def addendum_add(request: Asked, id: UUID) -> HttpResponse:
    visit = writable(request, id)
    form = AddendumForm(request.POST)
    if not form.is_valid():
        return finished_page(request, visit, addendum=form)

    def act() -> str:
        visits.add(
            id=sent_id(request), visit=visit, words=form.cleaned_data["words"], by=request.user, at=now()
        )
        for typed in drafts.of(request.user, place(visit, "")):
            drafts.forget(request.user, typed)
        return f"{address_of(visit)}#addenda"

    return done(request, act)


def visit_text(request: Asked, id: UUID) -> HttpResponse:
    """A visit as plain text in the order of the program's form, to be copied into its other system."""
    visit = look(request, Visit, id, notebook.opening())
    text = as_text(visit, request.program, page_language())
    if request.GET.get("as") == "file":
        answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
        answer["Content-Disposition"] = (
            f'attachment; filename="visit-{timezone.localdate(visit.planned_at)}.txt"'
        )
        return answer
    return render(request, "apego/visits/visit_text.html", {"visit": visit, "text": text, "door": "families"})
