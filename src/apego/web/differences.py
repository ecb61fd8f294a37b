"""Two edits of one thing as they are laid side by side: what each wrote, field by field, in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apego.practice.domains import domains, goals
from apego.practice.planning import visit_parts
from apego.practice.relationship import capacities, moment_kinds
from apego.practice.visiting import home_languages, places
from apego.records import access
from apego.records.models import Person, Variant, Versioned, Visit, VisitPart
from apego.records.planning import offered, question
from apego.web.templatetags.apego import clock, day, spoken

# What a field is called where two edits are compared. A field without a name of its own is called by its column.
NAMES: Mapping[str, Promise] = {
    "words": gettext_lazy("What was written"),
    "parent_words": gettext_lazy("In the parent's own words"),
    "children": gettext_lazy("Children"),
    "caregivers": gettext_lazy("Parents and caregivers"),
    "visitors": gettext_lazy("Visitors"),
    "others": gettext_lazy("Who else was there"),
    "place": gettext_lazy("Where"),
    "languages": gettext_lazy("Languages spoken"),
    "interpreter": gettext_lazy("Interpreter"),
    "is_appointment": gettext_lazy("It was a medical or social service appointment"),
    "started_at": gettext_lazy("Began"),
    "ended_at": gettext_lazy("Ended"),
    "planned_at": gettext_lazy("Planned for"),
    "kinds": gettext_lazy("What happened between them"),
    "capacities": gettext_lazy("What grows from it"),
    "domains": gettext_lazy("Domains"),
    "goals": gettext_lazy("ELOF goals"),
    "noticed": gettext_lazy("Noticed since"),
    "hope": gettext_lazy("Hope for this visit"),
    "invitations": gettext_lazy("What we do"),
    "own_idea": gettext_lazy("Something else, of their own"),
    "questions": gettext_lazy("Questions I bring"),
    "own_question": gettext_lazy("A question of yours"),
    "bring": gettext_lazy("To bring"),
    "made_with": gettext_lazy("Planned with"),
    "name": gettext_lazy("Name"),
    "called": gettext_lazy("Likes to be called"),
    "matters": gettext_lazy("What matters in this family"),
    "hopes": gettext_lazy("What the family hopes for"),
    "phone": gettext_lazy("Phone"),
    "address": gettext_lazy("Address"),
    "at": gettext_lazy("When"),
    "notes": gettext_lazy("What you talked about"),
    "agreements": gettext_lazy("What you agreed on"),
    "question": gettext_lazy("The question"),
    "predictions": gettext_lazy("What parents expect"),
    "areas": gettext_lazy("Play areas"),
    "look_for": gettext_lazy("What to look for"),
    "song": gettext_lazy("A song"),
    "closing": gettext_lazy("Talking at the end"),
    "take_home": gettext_lazy("For home"),
    "planned_with": gettext_lazy("Planned with"),
}
# Beside the words that a person chose between, these say nothing.
SILENT = frozenset({"language", "parent_language", "base_version", "left_as_is", "start_from"})


def beside(variant: Variant, thing: Versioned, reader: Person) -> list[tuple[str, str, str]]:
    """Give for each field that differs: its name, what the variant wrote, what stands; names of people in reach."""
    pairs = [
        (name, value, _standing(thing, name)) for name, value in variant.content.items() if name not in SILENT
    ]
    told = [
        (called(thing, name), in_words(thing, name, mine, reader), in_words(thing, name, now, reader))
        for name, mine, now in pairs
    ]
    return [(name, mine, now) for name, mine, now in told if mine != now]


def called(thing: Versioned, name: str) -> str:
    """Give the name of a field; the words of a visit's part are called by the part."""
    if isinstance(thing, VisitPart) and name == "words" and thing.part in visit_parts():
        return spoken(visit_parts()[thing.part].name)
    return str(NAMES.get(name) or thing._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def in_words(thing: Versioned, name: str, value: Any, reader: Person) -> str:
    """Give a field's value as a person reads it: names for ids, a day and a time for a moment."""
    field = thing._meta.get_field(name)
    if field.many_to_many:
        return _names(field.related_model, value, reader)  # type: ignore[arg-type]
    if isinstance(field, models.DateTimeField):
        moment = (
            datetime.fromisoformat(value) if isinstance(value, str) and value not in ("", "None") else value
        )
        return f"{day(moment)}, {clock(moment)}" if isinstance(moment, datetime) else "–"
    if isinstance(field, models.DateField):
        return (
            day(date.fromisoformat(value) if isinstance(value, str) and value not in ("", "None") else value)
            or "–"
        )
    if isinstance(field, models.BooleanField):
        return _("yes") if value in (True, "True") else _("no")
    if isinstance(value, list):
        return ", ".join(_entry(thing, name, id) for id in value) or "–"
    if name == "place" and isinstance(thing, Visit) and value in places():
        return spoken(places()[value].name)
    return str(value) if value not in (None, "") else "–"


def _names(kind: type[models.Model], ids: Collection[str], reader: Person) -> str:
    """Give names; parents of other families, with whom a group is planned, are only counted."""
    people = kind._default_manager.filter(pk__in=ids)
    known = people if kind is Person else access.visible(reader, kind).filter(pk__in=ids)
    told = sorted(str(getattr(one, "name", "")) for one in known)
    others = people.count() - len(told)
    if others:
        told.append(ngettext("%(others)s parent", "%(others)s parents", others) % {"others": others})
    return ", ".join(told) or "–"


def _entry(thing: Versioned, name: str, id: str) -> str:
    """Give an entry of a content list by its name, and as it is kept where the content no longer has it."""
    lists: Mapping[str, Mapping[str, Any]] = {
        "kinds": moment_kinds(),
        "capacities": capacities(),
        "domains": domains(),
        "languages": home_languages(),
        "home_languages": home_languages(),
    }
    if name == "goals" and id in goals():
        return f"{id} {spoken(goals()[id].label)}"
    if name == "invitations":
        offer = offered(id, (), date.min)
        return spoken(offer.name) if offer else id
    if name == "questions":
        asked = question(id)
        return spoken(asked.words) if asked else id
    known = lists.get(name, {}).get(id)
    return spoken(known.name) if known else str(id)


def _standing(thing: Versioned, name: str) -> Any:
    value = getattr(thing, name)
    return (
        [str(pk) for pk in value.values_list("pk", flat=True)] if isinstance(value, models.Manager) else value
    )
