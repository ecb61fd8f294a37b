"""What is asked about a contact between visits, and when something was."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apego.practice import visiting
from apego.records.models import Caregiver
from apego.web.forms.choosing import DayField, PersonChoice, day_input, offered, time_input


class WhenForm(forms.Form):
    """A day and a time that have been. `when` is both, on the program's clock."""

    day = DayField(label=_("Day"), widget=day_input(), initial=timezone.localdate)
    time = forms.TimeField(label=_("Time"), widget=time_input(), initial=timezone.localtime)

    @property
    def when(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"]))

    def clean(self) -> dict[str, Any]:
        if {"day", "time"} <= self.cleaned_data.keys() and self.when > timezone.now():
            self.add_error("day", _("This is still to come. Check the day and the time."))
        return self.cleaned_data


def caregiver_field(label: Any, empty: Any) -> PersonChoice:
    return PersonChoice(label=label, queryset=Caregiver.objects.none(), required=False, empty_label=empty)


class ContactForm(WhenForm):
    field_order = ("how", "caregiver", "words", "day", "time")
    how = forms.ChoiceField(
        label=_("How"),
        choices=offered(visiting.contacts),
        widget=forms.RadioSelect(attrs={"class": "chips"}),
        initial="call",
    )
    caregiver = caregiver_field(_("With whom"), _("The family"))
    words = forms.CharField(
        label=_("What was said"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A line or two, so that next time you can go on from there."),
    )  # fmt: skip

    def __init__(self, *args: Any, at_home: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["caregiver"].queryset = at_home  # type: ignore[attr-defined]
