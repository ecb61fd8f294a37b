"""Where a practice is taught: a line that any page may show which names one."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import ngettext

from apego.practice.practices import practices
from apego.records.learning import teaching
from apego.web.forms.reflect import page_language
from apego.web.prose import headings

register = template.Library()


@register.inclusion_tag("apego/learn/_where_taught.html")
def where_taught(practice: str, most: int = 2) -> dict[str, Any]:
    """Give the lessons that teach a practice, each at the heading of How to that names it.

    Those that teach little else come first.
    """
    language = page_language()
    name = practices()[practice].name[language].casefold()
    found = []
    for lesson in sorted(teaching(practice), key=lambda one: len(one.practices))[:most]:
        anchor = next(
            (id for id, words in headings(lesson.parts["how"][language]) if name in words.casefold()), ""
        )
        address = reverse("lesson_part", args=[lesson.id, "how"]) + (f"#{anchor}" if anchor else "")
        found.append((address, lesson))
    return {"taught": found}


@register.filter
def minutes_seconds(seconds: int) -> str:
    """A place in a scene: “1:05”."""
    return f"{seconds // 60}:{seconds % 60:02}"


@register.filter
def hours(minutes: int) -> str:
    """A time that was spent, in hours and minutes."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return ngettext("%(count)d minute", "%(count)d minutes", rest) % {"count": rest}
    told = ngettext("%(count)d hour", "%(count)d hours", whole) % {"count": whole}
    return (
        f"{told} {ngettext('%(count)d minute', '%(count)d minutes', rest) % {'count': rest}}"
        if rest
        else told
    )
