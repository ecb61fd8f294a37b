"""Counts for the coordinator: a program year or a month, as a page and as a table to take along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from apego.listening.pages.sheet import sheet
from apego.records import counts as questions
from apego.records import log
from apego.records.access import OutOfReach
from apego.records.caseload import size
from apego.records.counts import Counts, Period, Work
from apego.records.models import Option
from apego.web.requests import Asked, now
from apego.web.templatetags.families import tongue


def _asked(request: Asked) -> Counts:
    if not request.user.is_coordinator:
        raise OutOfReach("counts")
    period = questions.period_of(request.GET.get("period", ""), request.program, timezone.localdate())
    return questions.counts(request.user, request.program, period)


@require_GET
def counts(request: Asked) -> HttpResponse:
    told = _asked(request)
    today = timezone.localdate()
    context = {
        "told": told,
        "period": told.period,
        "tabs": _tabs(told.period, today),
        "called": named(told.period),
        "options": [(Option(option).label, work) for option, work in told.options],
        "languages": [(tongue(code), number) for code, number in told.languages],
        "ages": [(years(age), number) for age, number in told.ages],
        "rows": [
            (_("Held"), told.program.done),
            (_("Expected by then"), told.program.expected),
            (_("In the whole year"), told.a_year),
        ],
        "size": size(today),
        "door": "office",
    }
    return render(request, "apego/counts/counts.html", context)


def _tabs(period: Period, today: date) -> list[tuple[str, str, bool]]:
    """Give the periods one can go on to: the year before, this one whole, its months, the year after."""
    year = period.year.year
    months = [(one.id, named(one), one == period) for one in questions.months_of(period, today)]
    before, whole = (
        (str(year - 1), _("The year before"), False),
        (str(year), _("The whole year"), not period.is_month),
    )
    tabs = [before, whole, *months]
    if period.year.replace(year=year + 1) <= today:
        tabs.append((str(year + 1), _("The year after"), False))
    return [(f"?period={id}", word, is_current) for id, word, is_current in tabs]


def named(period: Period) -> str:
    """Give a period in words."""
    if period.is_month:
        return date_format(period.start, "F Y")
    last = period.year.year + 1 if (period.year.month, period.year.day) != (1, 1) else None
    return f"{period.year.year}–{last}" if last else str(period.year.year)


def years(age: int) -> str:
    if age == 0:
        return _("under one year")
    if age == questions.YEARS[-1]:
        return _("%(age)d years and older") % {"age": age}
    return ngettext("%(age)d year", "%(age)d years", age) % {"age": age}


@require_GET
def counts_export(request: Asked) -> HttpResponse:
    """Give the counts as CSV; that they were taken along is a line in the log."""
    told = _asked(request)
    log.write(by=request.user, at=now(), verb="counts.export", thing=None)
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="apego-{told.period.id}.csv"'
    answer.write(sheet(rows(told)))
    return answer


def rows(told: Counts) -> Iterator[list[Any]]:
    """Give the table that is taken along: one line for the program, each option, visitor, language and age."""
    begins, ends = told.period.start.isoformat(), told.period.end.isoformat()
    yield [
        _("from"), _("to"), _("of"), _("which"), _("families or children"), _("visits held"), _("visits expected"),
        _("minutes, median"), _("under 90 minutes"), _("cancelled by the family"), _("cancelled by the program"),
        _("attempted"), _("made up"), _("times at a group"),
    ]  # fmt: skip
    works = [
        (_("program"), "", told.program),
        *((_("option"), Option(option).label, work) for option, work in told.options),
        *((_("visitor"), person.name, work) for person, work in told.visitors),
    ]
    for what, which, work in works:
        yield [begins, ends, what, which, *_numbers(work)]
    people = [
        *((_("home language"), tongue(code), number) for code, number in told.languages),
        *((_("age"), years(age), number) for age, number in told.ages),
    ]
    for what, which, number in people:
        yield [begins, ends, what, which, _("not shown") if number is None else number]


def _numbers(work: Work) -> list[int | None]:
    return [
        work.families, work.done, work.expected, work.median, work.short, work.cancelled_by_family,
        work.cancelled_by_program, work.attempted, work.made_up, work.groups,
    ]  # fmt: skip
