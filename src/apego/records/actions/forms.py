"""The program's own form: in which order, and under which headings, a finished visit is copied as text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from apego.practice.forms import fields
from apego.records.actions.acting import NotPossible, action, locked
from apego.records.models import Person, Program


class Section(TypedDict):
    """A heading and the fields that stand under it, in their order."""

    heading: str
    fields: list[str]


@action
def order(*, program: Program, sections: Sequence[Section], by: Person, at: datetime) -> Program:
    """Write the order of the form. No sections: the form that is shipped, in the language of the page."""
    if any(field not in fields() for section in sections for field in section["fields"]):
        raise NotPossible("no-such-entry")
    now = locked(program)
    now.form = [dict(section) for section in sections]
    now.save(update_fields=["form"])
    return now
