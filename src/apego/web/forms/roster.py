"""The file of a roster, and the sentence for each thing that may be wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apego.records.roster import LARGEST, Problem, columns, decoded
from apego.web.templatetags.apego import spoken


class RosterForm(forms.Form):
    file = forms.FileField(
        label=_("The file"),
        help_text=_("Saved as CSV from any spreadsheet. Commas or semicolons, either language."),
        error_messages={
            "required": _("Choose the file first."),
            "empty": _("This file is empty. Save the spreadsheet as CSV and choose it again."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(str(SAYS["too-large"]))
        return file

    @property
    def text(self) -> str:
        return decoded(self.cleaned_data["file"].read())


# code of apego.records.roster and apego.records.enrolling -> what happened and what to do
SAYS: Mapping[str, Promise] = {
    # the file
    "too-large": _("The file is too large. Bring a thousand lines at most, one file after another."),
    "too-many-lines": _("The file has %(value)s lines. Bring a thousand at most, one file after another."),
    "spreadsheet-file": _("This is the spreadsheet itself. Save it as CSV and bring that file."),
    "no-table": _("This file is no table that can be read. Save the spreadsheet as CSV and bring that file."),
    "empty": _(
        "There is no family in this file. The first line names the columns, each further line is a child."
    ),
    "no-header": _("The first line does not name the columns. The sample shows how they are called."),
    "column-missing": _("The column “%(value)s” is missing. The sample has all of them."),
    "column-twice": _("Two columns are called this. Take one of them out."),
    "more-cells": _(
        "This line has more cells than there are columns: “%(value)s” stands outside. Perhaps a comma."
    ),
    # a cell
    "formula": _("“%(value)s” is a formula. Copy the column and paste it as values only."),
    "too-long": _("“%(value)s…” is too long for a cell of a roster. Write it on the family's page."),
    "missing": _("This is empty, and every family needs it."),
    "missing-beside": _("“%(value)s” stands beside an empty cell. Fill it in, or empty both."),
    "no-such-option": _("“%(value)s” is no program option. Write Early Head Start or Head Start."),
    "no-such-date": _("“%(value)s” is no day that there is. Write it as 2026-09-08."),
    "date-ahead": _("%(value)s lies more than a year ahead. Check the year."),
    "date-long-ago": _("%(value)s lies more than six years back. Check the year."),
    "born-ahead": _("%(value)s is still to come. Check the year."),
    "older-than-five": _("Born on %(value)s, this child is past its sixth birthday. Check the year."),
    "no-such-weeks": _("“%(value)s” are no weeks before the due day. Write a number from 0 to 20."),
    "no-such-language": _(
        "“%(value)s” is no language that is known here. Write its name in English or Spanish."
    ),
    "not-yes-or-no": _("“%(value)s” is neither yes nor no."),
    "no-such-visitor": _(
        "“%(value)s” is no home visitor who works here. Invite her first under People, or write her sign-in name."
    ),
    "two-such-visitors": _("Two home visitors are called “%(value)s”. Write the sign-in name."),
    "visitor-twice": _("“%(value)s” stands here as both visitors of this family."),
    "no-such-relation": _(
        "“%(value)s” is not known here. Write mother, father, grandmother, …, or leave it empty."
    ),
    "child-twice": _("“%(value)s” stands twice in this family, born on the same day. Take one line out."),
    "said-otherwise": _(
        "An earlier line of this family says otherwise: %(value)s. If these are two families of one name, give each "
        "a number of its own."
    ),
    # worth a look
    "column-ignored": _("The column “%(value)s” is not read."),
    "dates-month-first": _(
        "Dates such as 3/4/2026 were read with the month first: March 4. Look at the days below."
    ),
    "dates-day-first": _(
        "Dates such as 3/4/2026 were read with the day first: April 3. Look at the days below."
    ),
    "name-is-here": _(
        "A family called “%(value)s” is here already, with other children. This will be another one."
    ),
    "caseload-over": _("%(value)s would have more families than the standards allow one visitor."),
}


def told(problem: Problem) -> dict[str, Any]:
    """Give a problem in words: where, and what to do."""
    value = spoken(columns()[problem.value].name) if problem.code == "column-missing" else problem.value
    column = columns().get(problem.column)
    return {
        "line": problem.line,
        "column": spoken(column.name) if column else "",
        "says": str(SAYS[problem.code]) % {"value": value},
    }
