"""Group socializations: the year's list, a plan, who came, the end. What was seen of a family is in `attendances`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apego.practice.gatherings import gathering_parts, starters
from apego.records import access
from apego.records import gatherings as questions
from apego.records.access import OutOfReach
from apego.records.actions import socializations as actions
from apego.records.actions.acting import NotPossible
from apego.records.models import Attendance, Caregiver, Person, Role, Socialization
from apego.records.noting import language_of_note
from apego.web.form_pages import form_page, saved, sent_id
from apego.web.forms.socializations import PARTS, FamilyCame, FinishForm, NotHeldForm, PlanForm
from apego.web.notebooks import page_language
from apego.web.requests import Asked, done, now, reach
from apego.web.templatetags.apego import spoken
from apego.web.wording import because


def socializations(request: Asked) -> HttpResponse:
    """The groups of this program year, and how many the standards ask for."""
    on = timezone.localdate()
    context = {"groups": questions.groups(request.program, on), "today": on, "door": _door(request)}
    return render(request, "apego/socializations/socializations.html", context)


def socialization(request: Asked, id: UUID) -> HttpResponse:
    """One group: its plan for everybody here; of who came, the families in reach."""
    return _page(request, reach(request, Socialization, id, questions.opening()))


def _page(request: Asked, group: Socialization, status: int = 200, **forms: Any) -> HttpResponse:
    at = now()
    context = {
        "group": group,
        "plan": _told(group),
        "question_language": language_of_note(group.question, otherwise=page_language()),
        "came": questions.who_came(request.user, group),
        "edits": questions.open_edits(group),
        "is_open": group.finished_at is None and group.status not in actions.NOT_HELD,
        "is_here": group.finished_at is None and group.at - at <= actions.EARLY,
        "may_note": not request.user.is_coordinator,
        "finish": FinishForm(),
        "not_held": NotHeldForm(),
        "door": _door(request),
    } | forms
    return render(request, "apego/socializations/socialization.html", context, status=status)


def _told(group: Socialization) -> list[tuple[str, str, str]]:
    """Give each part of a plan that is written: its name, its words, and the language they are in."""
    parts = [(spoken(part.name), getattr(group, PARTS[id][0])) for id, part in gathering_parts().items()]
    first = page_language()
    return [(name, words, language_of_note(words, otherwise=first)) for name, words in parts[1:] if words]


def _people(request: Asked) -> dict[str, Any]:
    """Give who may be chosen: colleagues and parents in reach. The office plans for the program, not with a parent."""
    person = request.user
    parents = access.visible(person, Caregiver).filter(left_on=None).select_related("family")
    return {
        "visitors": access.visible(person, Person).filter(role=Role.VISITOR, is_active=True),
        "parents": parents.none() if person.is_coordinator else parents,
    }


def socialization_new(request: Asked) -> HttpResponse:
    """Plan a group, from an empty page or from a question of the content that fits the ages that come."""
    ages = questions.ages_in_reach(request.user, timezone.localdate())
    chosen = starters().get(request.GET.get("from", ""))
    first = questions.begun(chosen, ages, page_language()) if chosen else {}
    people = _people(request)
    mine = {"visitors": [request.user]} if request.user.is_visitor else {}
    form = PlanForm(request.POST if request.method == "POST" else None, initial={**first, **mine}, **people)
    fitting, others = questions.begin_with(ages)

    def act() -> str:
        made = actions.plan(
            id=sent_id(request),
            facts=form.facts,
            visitors=form.leading,
            planned_with=form.parents,
            by=request.user,
            at=now(),
        )
        messages.success(request, _("Planned. Everybody here sees the plan."))
        return reverse("socialization", args=[made.pk])

    said = {
        "fitting": fitting,
        "others": others,
        "chosen": chosen,
        "title": _("Plan a group"),
        "door": _door(request),
    }
    return form_page(request, form, act, "apego/socializations/plan.html", **said)


def socialization_edit(request: Asked, id: UUID) -> HttpResponse:
    group = reach(request, Socialization, id, questions.opening())
    form = PlanForm(request.POST if request.method == "POST" else None, group=group, **_people(request))

    def act() -> str:
        changed = actions.change(
            socialization=group,
            base_version=form.cleaned_data["base_version"] or 0,
            changes={**form.facts, "visitors": form.leading, "planned_with": form.parents},
            by=request.user,
            at=now(),
        )
        return saved(request, changed, reverse("socialization", args=[group.pk]))

    said = {"group": group, "title": _("Change the plan"), "door": _door(request)}
    return form_page(request, form, act, "apego/socializations/plan.html", **said)


@require_POST
def socialization_not_held(request: Asked, id: UUID) -> HttpResponse:
    group = reach(request, Socialization, id, questions.opening())
    form = NotHeldForm(request.POST)
    if not form.is_valid():
        return _page(request, group, status=422, not_held=form)

    def act() -> str:
        actions.not_held(socialization=group, outcome=form.cleaned_data["outcome"], by=request.user, at=now())
        return reverse("socialization", args=[group.pk])

    return done(request, act)


@require_POST
def socialization_put_back(request: Asked, id: UUID) -> HttpResponse:
    group = reach(request, Socialization, id)

    def act() -> str:
        actions.put_back(socialization=group, by=request.user, at=now())
        return reverse("socialization", args=[group.pk])

    return done(request, act)


@require_POST
def socialization_finish(request: Asked, id: UUID) -> HttpResponse:
    group = reach(request, Socialization, id, questions.opening())
    form = FinishForm(request.POST)
    if not form.is_valid():
        return _page(request, group, status=422, finish=form)

    def act() -> str:
        minutes = form.cleaned_data["minutes"]
        actions.finish(socialization=group, minutes=minutes, by=request.user, at=now())
        messages.success(request, _("Finished. It counts for every family that came."))
        return reverse("socialization", args=[group.pk])

    try:
        return done(request, act)
    except NotPossible as refused:
        form.add_error(None, str(because(refused.code)))
        return _page(request, group, status=422, finish=form)


def socialization_came(request: Asked, id: UUID) -> HttpResponse:
    """Who came, family by family. Only what this person changed is written: two may tick at the same time."""
    if request.user.is_coordinator:
        raise OutOfReach(id)
    group = reach(request, Socialization, id)
    here = access.visible(request.user, Attendance).filter(socialization=group)
    noted = {one.family_id: one for one in here.prefetch_related("children", "caregivers")}
    families = questions.families_asked(request.user, timezone.localdate(group.at))
    data = request.POST if request.method == "POST" else None
    forms = [FamilyCame(data, family=family, standing=noted.get(family.pk)) for family in families]

    def act() -> str:
        for form in forms:
            if form.has_changed():
                _note(request, group, form)
        messages.success(request, _("Noted who came."))
        return reverse("socialization", args=[group.pk])

    said = {"group": group, "families": forms, "door": _door(request)}
    if not forms:
        return render(request, "apego/socializations/who_came.html", said)
    return form_page(request, forms, act, "apego/socializations/who_came.html", **said)


def _note(request: Asked, group: Socialization, form: FamilyCame) -> None:
    children, caregivers = form.came
    by, at = request.user, now()
    if children or caregivers:
        actions.came(
            socialization=group, family=form.family, children=children, caregivers=caregivers, by=by, at=at
        )
    else:
        actions.did_not_come(socialization=group, family=form.family, by=by, at=at)


def _door(request: Asked) -> str:
    return "families" if request.user.is_visitor else "socializations"
