"""What templates say of dates, ages, people and languages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import template
from django.template import Context
from django.urls import translate_url
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from apego.practice.ages import corrected_months, months_old
from apego.practice.content import Text
from apego.practice.practices import practices
from apego.practice.quoting import quoted
from apego.records.models import Child, Focus

register = template.Library()


@register.simple_tag(takes_context=True)
def in_language(context: Context, code: str) -> str:
    """Give this page's address in the other language."""
    return translate_url(context["request"].get_full_path(), code)


@register.filter
def spoken(text: Text) -> str:
    """Give a content text in the page's language."""
    return text["es" if get_language() == "es" else "en"]


@register.filter
def day(value: date | datetime | None) -> str:
    """A date in words: never 04/03/2026, which two people read differently."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    same_year = value.year == timezone.localdate().year
    return date_format(value, _("l, F j") if same_year else _("F j, Y"))


@register.filter(expects_localtime=True)
def full_day(value: date | None) -> str:
    """A date with its year, without the day of the week: for births, enrolments and years of a program."""
    return date_format(value, _("F j, Y")) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    return date_format(timezone.localtime(value), _("g:i a")) if value else ""


@register.filter("months")
def months_in_words(months: int) -> str:
    """An age: “11 months”, and from two years on “2 years 4 months”."""
    if months == 0:
        return _("newborn")
    if months < 24:
        return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    years, rest = divmod(months, 12)
    told = ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
    if rest:
        told += " " + ngettext("%(count)d month", "%(count)d months", rest) % {"count": rest}
    return told


@register.filter
def age(child: Child) -> SafeString:
    """A child's age, with the corrected one beside it while that counts."""
    today = timezone.localdate()
    months = months_old(child.born_on, today)
    if months < 3:
        weeks = (today - child.born_on).days // 7
        return format_html("{}", ngettext("%(count)d week", "%(count)d weeks", weeks) % {"count": weeks})
    corrected = corrected_months(child.born_on, today, child.weeks_early)
    told = months_in_words(months)
    if corrected == months:
        return format_html("{}", told)
    beside = _("%(months)s corrected") % {"months": months_in_words(corrected)}
    return format_html('{} <span class="soft">({})</span>', told, beside)


@register.simple_tag
def delivery() -> SafeString:
    """The hidden key of a form: sent twice, it is done once."""
    return format_html('<input type="hidden" name="delivery" value="{}">', uuid4())


@register.filter("quoted")
def in_quotation_marks(words: object) -> str:
    """Words in quotation marks, single ones around what they quote themselves."""
    return quoted(str(words))


@register.filter
def got(mapping: dict[Any, Any], key: Any) -> Any:
    """Give a mapping's entry, which a template cannot ask for by a variable."""
    return mapping.get(key)


@register.filter
def focus_words(focus: Focus) -> str:
    """A focus in the visitor's own words, or by the name of its practice."""
    return focus.words or spoken(practices()[focus.practice].name)
