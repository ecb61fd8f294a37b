"""What is asked about who visits a family."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apego.records.models import Person
from apego.web.forms.choosing import DayField, PersonChoice, day_input


def visitor_field(label: Any) -> PersonChoice:
    return PersonChoice(label=label, queryset=Person.objects.none(), empty_label=_("Choose a visitor"))


class _Visitors(forms.Form):
    def __init__(self, *args: Any, visitors: Any, steady: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, queryset in (("visitor", visitors), ("to", visitors), ("covers", steady), ("of", steady)):
            if name in self.fields:
                self.fields[name].queryset = queryset  # type: ignore[attr-defined]


class AssignForm(_Visitors):
    visitor = visitor_field(_("Who visits this family"))
    since = DayField(label=_("From"), widget=day_input(), initial=timezone.localdate)


class CoverForm(_Visitors):
    covers = visitor_field(_("Who is away"))
    visitor = visitor_field(_("Who covers"))
    since = DayField(label=_("From"), widget=day_input(), initial=timezone.localdate)
    until = DayField(
        label=_("Last day"),
        widget=day_input(),
        help_text=_("On the day after, the family is out of her reach again."),
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=200,
        help_text=_("One line for whoever arranges visits. No illness by name."),
    )


class HandOverForm(_Visitors):
    of = visitor_field(_("Who visits now"))
    to = visitor_field(_("Who takes over"))
    since = DayField(label=_("From"), widget=day_input(), initial=timezone.localdate)


class AssignmentEndForm(forms.Form):
    on = DayField(label=_("Last day"), widget=day_input(), initial=timezone.localdate)
