"""The list of families, a family's page and story, its facts, and its way in and out of the program."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apego.practice import relationship
from apego.records import access, occasions, story
from apego.records import families as questions
from apego.records.access import OutOfReach, Permission
from apego.records.actions import families as actions
from apego.records.models import Assignment, Contact, Family, Person, Role
from apego.records.visiting import Standing, standing
from apego.web.form_pages import form_page, saved, sent_id
from apego.web.forms.families import (
    CaregiverForm,
    ChildForm,
    EndForm,
    FamilyForm,
    FirstVisitorForm,
    LanguagesForm,
    MattersForm,
)
from apego.web.requests import Asked, look, now, reach, small_number

ON_A_PAGE = 50  # of the whole program's families
ALL_AT_ONCE = 500  # a visitor's, or a supervisor's by visitor, are never cut apart
STORY_DAYS = 12
CONTACTS_SHOWN = 1
STILL_NEXT = timedelta(hours=4)  # what was planned for this morning and not begun is still the next visit


def families(request: Asked) -> HttpResponse:
    """A visitor's families; a supervisor's, by visitor; a coordinator's, all of them, in pages."""
    today = timezone.localdate()
    most = ON_A_PAGE if request.user.is_coordinator else ALL_AT_ONCE
    page = Paginator(questions.by_name(request.user, today), most).get_page(request.GET.get("page"))
    shown = questions.listed(request.user, list(page.object_list), today)
    groups = questions.by_visitor(request.user, shown) if request.user.is_supervisor else [(None, shown)]
    context = {
        "groups": groups,
        "page": page,
        "may_enrol": access.may(request.user, Permission.ARRANGE),
        "today": today,
        "door": "families",
    }
    return render(request, "apego/families/families.html", context)


def family(request: Asked, id: UUID) -> HttpResponse:
    """One family: before the door, its story, its facts."""
    today = timezone.localdate()
    shown = look(request, Family, id, questions.with_people(request.user, today))
    is_open = questions.written_is_open(request.user, shown)
    context = _facts(request, shown, today) | {"is_open": is_open}
    return render(
        request, "apego/families/family.html", context | (_written(request, shown, today) if is_open else {})
    )


def _facts(request: Asked, shown: Family, today: date) -> dict[str, Any]:
    visiting: list[Assignment] = shown.visiting  # type: ignore[attr-defined]
    year = standing(shown, request.program, today)
    return {
        "family": shown,
        "year": year,
        "year_rows": _year_rows(year),
        "groups": story.groups_of(shown, request.program, today),
        "cover": next((one for one in visiting if one.visitor_id == request.user.pk and one.covers_id), None),
        "may_write": access.may(request.user, Permission.WRITE),
        "may_arrange": access.may(request.user, Permission.ARRANGE),
        "door": "families",
    }


def _year_rows(year: Standing) -> list[tuple[str, int]]:
    """Give what else there is to know of the year's visits, where there is any."""
    rows = (
        (_("to be made up: cancelled by the program"), len(year.owed)),
        (_("to be made up where possible"), year.to_try),
        (_("visits cancelled by the family"), year.cancelled_by_family),
        (_("visits attempted"), year.attempted),
        (_("shorter than the standards ask"), year.short),
        (_("held without a parent or caregiver"), year.without_parent),
    )
    return [(label, number) for label, number in rows if number]


def _written(request: Asked, shown: Family, today: date) -> dict[str, Any]:
    person = request.user
    contacts = access.visible(person, Contact).filter(family=shown).select_related("caregiver", "by")
    return {
        "before": questions.at_the_door(person, shown),
        "next_visit": questions.next_visit(person, shown, now() - STILL_NEXT),
        "story": story.told(person, shown),
        "days": occasions.ahead(person, [shown], on=today, within=45),
        "contacts": contacts.order_by("-at")[:CONTACTS_SHOWN],
    }


def family_story(request: Asked, id: UUID) -> HttpResponse:
    """The whole story, newest first; on request only what shows one capacity or kind of moment."""
    shown = written(request, id)
    known = {**relationship.moment_kinds(), **relationship.capacities()}
    shows = request.GET.get("shows", "")
    shows = shows if shows in known else ""
    skip = small_number(request.GET.get("skip", "")) or 0
    told = story.told(request.user, shown, shows=shows, skip=skip, days=STORY_DAYS)
    context = {
        "family": shown,
        "story": told,
        "kinds": relationship.moment_kinds().values(),
        "capacities": relationship.capacities().values(),
        "shows": known.get(shows),
        "older": skip + STORY_DAYS,
        "newer": max(skip - STORY_DAYS, 0) if skip else None,
        "door": "families",
    }
    return render(request, "apego/families/family_story.html", context)


def written(request: Asked, id: UUID) -> Family:
    """Give a family whose written record this person may read, or 404; the look is logged."""
    shown = reach(request, Family, id)
    if not questions.written_is_open(request.user, shown):
        raise OutOfReach(id)
    return look(request, Family, id)


def visitors_to_choose(request: Asked) -> Any:
    return access.visible(request.user, Person).filter(role=Role.VISITOR, is_active=True)


def family_new(request: Asked) -> HttpResponse:
    """Enrol a family: its facts, its languages, a first child and adult, and who visits it."""
    access.require(request.user, Permission.ARRANGE)
    data = request.POST if request.method == "POST" else None
    facts, languages = FamilyForm(data), LanguagesForm(data)
    child, caregiver = ChildForm(data, prefix="child"), CaregiverForm(data, prefix="caregiver")
    # A supervisor sees the families of her visitors: one that nobody visits would be lost to her.
    visit = FirstVisitorForm(data, visitors=visitors_to_choose(request), needed=request.user.is_supervisor)

    def act() -> str:
        by, at = request.user, now()
        made = actions.enrol(
            id=sent_id(request),
            facts=facts.facts | languages.facts | {"words_language": by.language},
            visitor=visit.cleaned_data["visitor"],
            by=by,
            at=at,
        )
        actions.add_child(id=sent_id(request, "child"), family=made, facts=child.facts, by=by, at=at)
        actions.add_caregiver(id=sent_id(request, "adult"), family=made, facts=caregiver.facts, by=by, at=at)
        messages.success(request, _("The family is enrolled. More children and adults can be added below."))
        in_reach = access.visible(by, Family).filter(pk=made.pk).exists()  # not yet, where it begins later
        return reverse("family", args=[made.pk]) if in_reach else reverse("families")

    forms = [facts, languages, child, caregiver, visit]
    return form_page(request, forms, act, "apego/families/family_new.html", language_form=languages, child_form=child,
                     caregiver_form=caregiver, visit_form=visit)  # fmt: skip


def family_facts(request: Asked, id: UUID) -> HttpResponse:
    return _change(request, look(request, Family, id), FamilyForm, _("Name, address, enrolment"))


def family_languages(request: Asked, id: UUID) -> HttpResponse:
    return _change(request, look(request, Family, id), LanguagesForm, _("Home languages"))


def family_matters(request: Asked, id: UUID) -> HttpResponse:
    """What matters here and what the family hopes for: written by who visits."""
    access.require(request.user, Permission.WRITE)
    return _change(request, look(request, Family, id), MattersForm, _("What matters, and what they hope for"))


def _change(request: Asked, shown: Family, kind: Any, title: str) -> HttpResponse:
    form = kind(request.POST if request.method == "POST" else None, thing=shown)

    def act() -> str:
        changed = actions.change(
            family=shown, base_version=form.version, changes=form.facts, by=request.user, at=now()
        )
        return saved(request, changed, reverse("family", args=[shown.pk]))

    return form_page(request, form, act, title=title, family=shown)


def family_end(request: Asked, id: UUID) -> HttpResponse:
    """End the enrolment: the record stays as long as the program keeps it."""
    access.require(request.user, Permission.ARRANGE)
    shown = look(request, Family, id)
    form = EndForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        actions.end(family=shown, on=form.cleaned_data["on"], by=request.user, at=now())
        messages.success(
            request, _("The enrolment is ended. The record is kept as the program's schedule says.")
        )
        return reverse("families")

    explained = _("Whoever visits this family does so until that day. What was written stays, until it is destroyed "
                  "by the program's schedule.")  # fmt: skip
    return form_page(
        request,
        form,
        act,
        title=_("End the enrolment"),
        family=shown,
        explained=explained,
        save=_("End the enrolment"),
    )
