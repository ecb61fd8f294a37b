"""What templates say of a visit: its place, its length, its state, the parts of a plan in the family's language."""

from __future__ import annotations

from datetime import timedelta

from django import template
from django.utils.translation import ngettext

from apego.practice import visiting
from apego.practice.content import Text
from apego.web.forms.visits import WEEKDAYS
from apego.web.templatetags.families import name_in

register = template.Library()


@register.filter
def placed(id: str) -> str:
    return name_in(visiting.places(), id)


@register.filter
def minutes(length: timedelta) -> str:
    """A visit's length in minutes, as the program counts it."""
    whole = int(length.total_seconds() // 60)
    return ngettext("%(count)d minute", "%(count)d minutes", whole) % {"count": whole}


@register.filter
def why(id: str) -> str:
    """Why a visit was not held; no words where nobody said."""
    return name_in(visiting.reasons(), id) if id else ""


@register.filter
def weekday(number: int) -> str:
    return str(dict(WEEKDAYS)[number])


@register.filter
def said_in(text: Text, language: str) -> str:
    """Give a content text in the family's language, where it is one of ours."""
    return text.es if language == "es" else text.en
