"""What templates say of a family's people: what somebody is to the children, languages, how one reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.translation import get_language

from apego.practice import domains, relationship, supports, visiting
from apego.records.models import Caregiver
from apego.records.occasions import DayAhead

register = template.Library()


def name_in(entries: Mapping[str, Any], id: str) -> str:
    """Give the name of an entry in the page's language; an id that is no longer known stands for itself."""
    return str(entries[id].name["es" if get_language() == "es" else "en"]) if id in entries else id


@register.filter
def relation(caregiver: Caregiver) -> str:
    return name_in(visiting.relations(), caregiver.relation)


@register.filter
def tongue(code: str) -> str:
    return name_in(visiting.home_languages(), code)


@register.filter
def tongues(codes: Iterable[str]) -> str:
    return ", ".join(tongue(code) for code in codes)


@register.filter
def tag_of(code: str) -> str:
    """Give a home language as HTML's `lang` wants it."""
    known = visiting.home_languages()
    return known[code].tag if code in known else ""


@register.filter
def reading(caregiver: Caregiver) -> str:
    return name_in(visiting.reading(), caregiver.reads)


@register.filter
def contact_kind(id: str) -> str:
    return name_in(visiting.contacts(), id)


@register.filter
def area(id: str) -> str:
    return name_in(supports.areas(), id)


@register.filter
def support_kind(id: str) -> str:
    return name_in(supports.support_kinds(), id)


@register.filter
def referral_step(id: str) -> str:
    return name_in(supports.referral_steps(), id)


@register.filter
def day_kind(id: str) -> str:
    return name_in(visiting.days(), id)


@register.filter
def moment_kinds(ids: Iterable[str]) -> list[str]:
    return [name_in(relationship.moment_kinds(), id) for id in ids]


@register.filter
def capacities(ids: Iterable[str]) -> list[str]:
    return [name_in(relationship.capacities(), id) for id in ids]


@register.filter
def domain_names(ids: Iterable[str]) -> list[str]:
    return [name_in(domains.domains(), id) for id in ids]


@register.filter
def whose(day: DayAhead) -> str:
    """Give whose day it is, or the family's name where it is the family's."""
    if day.child:
        return str(day.child.name)
    return str(day.caregiver.name if day.caregiver else day.family.name)
