"""Moments and credits: kept, changed, taken out and put back; a question of the note check left as it is."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apego.records import access, notebook
from apego.records.access import Permission, require
from apego.records.actions import drafts, moments
from apego.records.actions.acting import NotPossible
from apego.records.models import Credit, Moment
from apego.records.noting import shown_at
from apego.web.form_pages import form_page, saved, sent_id
from apego.web.forms.moments import CreditForm, MomentForm
from apego.web.notebooks import notebook_page, page_language, place, put_back
from apego.web.requests import Asked, done, now, reach
from apego.web.views.visits import address_of, unfinished, writable
from apego.web.wording import because


@require_POST
def moment_keep(request: Asked, id: UUID) -> HttpResponse:
    """Keep a moment. htmx gets the notebook's moments back, with an empty field; a plain form gets the page."""
    visit = writable(request, id)
    form = MomentForm(request.POST, family=visit.family)
    part = "_parts/moments" if request.htmx else "visit_detail"
    if not form.is_valid():
        return notebook_page(request, visit, moment=form, only=part)

    def act() -> str:
        moments.keep(
            id=sent_id(request),
            visit=visit,
            words=form.cleaned_data["words"],
            by=request.user,
            at=now(),
            **form.seen,
        )
        drafts.forget(request.user, place(visit, "moment"))
        return f"{address_of(visit)}?write#kept"

    try:
        answer = done(request, act)
    except NotPossible as refused:
        form.add_error(None, str(because(refused.code)))
        return notebook_page(request, visit, moment=form, only=part)
    if not request.htmx:
        return answer
    if answer.status_code == 422:
        # The same key with other words: the whole page says so.
        answer.status_code, answer["HX-Retarget"], answer["HX-Reselect"] = 200, "#main", "#main"
        return answer
    return notebook_page(request, writable(request, id), only=part, just_kept=True)


def _writable(request: Asked, id: UUID) -> Moment:
    require(request.user, Permission.WRITE)
    found = reach(request, Moment, id, Moment.objects.select_related("visit", "family"))
    if found.visit is None:  # a moment of a socialization is written there
        raise access.OutOfReach(id)
    return found


def _home(moment: Moment) -> str:
    return f"{reverse('visit_detail', args=[moment.visit_id])}?write#m-{moment.pk}"


def moment_edit(request: Asked, id: UUID) -> HttpResponse:
    """Write a moment anew; what the note check asks stands beside the field."""
    moment = _writable(request, id)
    visit = unfinished(request, moment.visit_id)  # type: ignore[arg-type]
    typed = drafts.of(request.user, place(visit, f"moment-{moment.pk}"))
    children = list(visit.family.children.all())
    initial = {
        "base_version": moment.version,
        **{
            name: getattr(moment, name)
            for name in ("words", "parent_words", "kinds", "capacities", "domains", "goals")
        },
        "children": [child.pk for child in moment.children.all()],
    }
    form = MomentForm(request.POST or None, family=visit.family, initial=initial)
    put_back(form, next(iter(typed.values()), None))

    def act() -> str:
        asked = form.cleaned_data
        changed = moments.change(
            moment=moment,
            words=asked["words"],
            base_version=asked["base_version"],
            by=request.user,
            at=now(),
            **form.seen,
        )
        drafts.forget(request.user, place(visit, f"moment-{moment.pk}"))
        return saved(request, changed, _home(moment))

    return form_page(
        request,
        form,
        act,
        "apego/visits/moment_edit.html",
        moment=moment,
        visit=visit,
        kept=notebook.kept(moment, visit, page_language()),
        children=children,
        shown=shown_at(children, timezone.localdate(visit.planned_at)),
    )


@require_POST
def moment_remove(request: Asked, id: UUID) -> HttpResponse:
    moment = _writable(request, id)

    def act() -> str:
        moments.remove(moment=moment, by=request.user, at=now())
        messages.success(
            request, _("Taken out. You can put it back at the foot of the page until the visit is finished.")
        )
        return f"{reverse('visit_detail', args=[moment.visit_id])}?write#taken-out"

    return done(request, act)


@require_POST
def moment_restore(request: Asked, id: UUID) -> HttpResponse:
    moment = _writable(request, id)

    def act() -> str:
        moments.restore(moment=moment, by=request.user, at=now())
        return _home(moment)

    return done(request, act)


@require_POST
def moment_leave(request: Asked, id: UUID) -> HttpResponse:
    """Leave a word as it is. htmx gets the moment back without the question."""
    moment = _writable(request, id)

    def act() -> str:
        moments.leave(moment=moment, mark=request.POST.get("word", "")[:20], by=request.user, at=now())
        return _home(moment)

    answer = done(request, act)
    if not request.htmx:
        return answer
    moment.refresh_from_db()
    visit = writable(request, moment.visit_id)  # type: ignore[arg-type]
    kept = notebook.kept(moment, visit, page_language())
    return render(request, "apego/visits/_parts/kept.html", {"one": kept, "visit": visit, "may_write": True})


@require_POST
def credit_add(request: Asked, id: UUID) -> HttpResponse:
    visit = writable(request, id)
    form = CreditForm(request.POST, family=visit.family)
    if not form.is_valid():
        return notebook_page(request, visit, credit=form)

    def act() -> str:
        asked = form.cleaned_data
        moments.credit(
            id=sent_id(request),
            visit=visit,
            words=asked["words"],
            kind=Credit.Kind(asked["kind"]),
            caregiver=asked["caregiver"],
            by=request.user,
            at=now(),
        )
        drafts.forget(request.user, place(visit, "credit"))
        return f"{address_of(visit)}?write#credits"

    return done(request, act)


def _credit(request: Asked, id: UUID) -> Credit:
    require(request.user, Permission.WRITE)
    return reach(request, Credit, id, Credit.objects.select_related("visit"))


@require_POST
def credit_remove(request: Asked, id: UUID) -> HttpResponse:
    credit = _credit(request, id)

    def act() -> str:
        moments.uncredit(credit=credit, by=request.user, at=now())
        return f"{address_of(credit.visit)}?write#credits"

    return done(request, act)


@require_POST
def credit_restore(request: Asked, id: UUID) -> HttpResponse:
    credit = _credit(request, id)

    def act() -> str:
        moments.recredit(credit=credit, by=request.user, at=now())
        return f"{address_of(credit.visit)}?write#credits"

    return done(request, act)
