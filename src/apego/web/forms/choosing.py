"""What a field lets one choose: lists of `apego.practice` in the page's language, a day of the year, people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

Choices = Callable[[], list[tuple[str, str | Promise]]]


def offered(entries: Callable[[], Mapping[str, Any]], empty: str | Promise | None = None) -> Choices:
    """Give choices that are made when the page is: the ids and names of a list, after an empty one if wanted."""

    def made() -> list[tuple[str, str | Promise]]:
        language = "es" if get_language() == "es" else "en"
        first: list[tuple[str, str | Promise]] = [] if empty is None else [("", empty)]
        return [*first, *((id, entry.name[language]) for id, entry in entries().items())]

    return made


def day_input(**attrs: str) -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", **attrs}, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day that a program can have to do with. A year typed as 26 or 20266 is asked about, and not reckoned with."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not FIRST_DAY <= value <= LAST_DAY:
            raise forms.ValidationError(_("This day lies too far away. Check the year."))


FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)


def time_input() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody by name: a model's own text is its id, so that no log line carries a name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class PersonChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class MonthDayInput(forms.MultiWidget):
    """A month and a day, for what comes every year."""

    def __init__(self) -> None:
        months = [("", _("Month")), *((f"{number:02}", name) for number, name in MONTHS.items())]
        days = [("", _("Day")), *((f"{number:02}", str(number)) for number in range(1, 32))]
        super().__init__(
            [
                forms.Select(attrs={"aria-label": _("Month")}, choices=months),
                forms.Select(attrs={"aria-label": _("Day")}, choices=days),
            ]
        )

    def decompress(self, value: Any) -> list[str | None]:
        return list(str(value).split("-")) if value else [None, None]


class MonthDayField(forms.MultiValueField):
    """A day of the year as MM-DD, or the empty text."""

    widget = MonthDayInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(fields=(forms.CharField(), forms.CharField()), **kwargs)

    def compress(self, data_list: Iterable[Any]) -> str:
        month_day = "-".join(data_list)
        if not month_day:
            return ""
        try:
            date.fromisoformat(f"2024-{month_day}")  # a leap year, which has every day
        except ValueError:
            raise forms.ValidationError(
                _("There is no such day. Choose the month and the day again.")
            ) from None
        return month_day
