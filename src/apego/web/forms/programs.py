"""What a program decides about itself."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

# Where Head Start programs are, from east to west. Any other zone that a program has already stays offered.
ZONES = (
    ("America/Puerto_Rico", _("Atlantic (Puerto Rico, Virgin Islands)")),
    ("America/New_York", _("Eastern (New York)")),
    ("America/Chicago", _("Central (Chicago)")),
    ("America/Denver", _("Mountain (Denver)")),
    ("America/Phoenix", _("Mountain without summer time (Phoenix)")),
    ("America/Los_Angeles", _("Pacific (Los Angeles)")),
    ("America/Anchorage", _("Alaska")),
    ("Pacific/Honolulu", _("Hawaii")),
    ("Pacific/Pago_Pago", _("American Samoa")),
    ("Pacific/Guam", _("Guam and the Northern Marianas")),
    ("Pacific/Palau", _("Palau")),
)
LAST_DAY = 28  # a year that began on the 29th of February would begin every fourth year


class Decided(forms.Form):
    name = forms.CharField(label=_("Name of the program"), max_length=120)
    time_zone = forms.ChoiceField(label=_("Time zone"))
    year_starts_month = forms.TypedChoiceField(
        label=_("The program year begins in"), choices=lambda: MONTHS.items(), coerce=int
    )
    year_starts_day = forms.IntegerField(label=_("On day"), min_value=1, max_value=LAST_DAY)
    parent_signs = forms.BooleanField(
        label=_("A parent or another caregiver signs each finished visit"),
        required=False,
        help_text=_("On the phone's screen, or on paper with the name of who saw it."),
    )
    retention_months = forms.IntegerField(
        label=_("Months that a family's record is kept after it leaves"),
        min_value=1,
        max_value=600,
        help_text=_("Ask your agency and your state. A legal hold always stops the clock."),
    )
    transcript_months = forms.IntegerField(
        label=_("Months that a transcript is kept"),
        min_value=1,
        max_value=600,
        help_text=_("A family's consent may say a shorter time; then that holds."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = list(ZONES)
        standing = self.get_initial_for_field(self.fields["time_zone"], "time_zone")
        if standing in available_timezones() and standing not in dict(ZONES):
            zones.append((standing, standing.replace("_", " ")))
        self.fields["time_zone"].choices = zones  # type: ignore[attr-defined]
