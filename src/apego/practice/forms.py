"""The form in which a finished visit is copied as text for a program's other system.

The order of sections, their headings and which fields stand in each. A program changes the order;
the fields are permanent. Writing a visit out in it is no subject here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from apego.practice.content import ContentError, Text, load
from apego.practice.content.entries import ids, table, text_under
from apego.practice.visiting import Choice, choices


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the form: the line above it, and the `fields` of the record in it, in order."""

    id: str
    heading: Text
    fields: tuple[str, ...]


@cache
def fields() -> dict[str, Choice]:
    """Give the fields that a form may hold, each with the words that stand before it.

    >>> fields()["promises_visitor"].name.en
    'The visitor will'
    """
    return choices("forms", "fields")


@cache
def visit_form() -> tuple[Section, ...]:
    """Give the sections of the form to begin with, in their order; each field stands in exactly one.

    >>> [section.id for section in visit_form()][:4]
    ['when', 'where', 'who', 'languages']
    >>> visit_form()[0].fields
    ('date', 'start', 'end', 'minutes')
    """
    entries = table(load("forms"), "visit", "forms")
    return tuple(_section(section_id, entry) for section_id, entry in entries.items())


def _section(section_id: str, entry: Mapping[str, Any]) -> Section:
    where = f"forms: {section_id}"
    held = ids(entry, "fields", where, known=fields())
    if not held:
        raise ContentError(f"{where} has no fields")
    return Section(section_id, text_under(entry, "heading", where), held)
