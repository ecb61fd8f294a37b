"""What the two write of a session of supervision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apego.records.models import Supervision
from apego.web.forms.choosing import DayField, day_input, time_input

LONGEST = 20_000


class SessionForm(forms.Form):
    base_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    day = DayField(label=_("Day"), widget=day_input())
    time = forms.TimeField(label=_("Time"), widget=time_input())
    notes = forms.CharField(
        label=_("What you talked about"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"class": "notebook", "rows": 8}),
        help_text=_(
            "What stayed with her, what she wondered, what it was like. It is open to the two of you."
        ),
    )
    agreements = forms.CharField(
        label=_("What you agreed on"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What each of you will do. It opens your next session."),
    )

    def __init__(self, *args: Any, session: Supervision | None = None, at: datetime, **kwargs: Any) -> None:
        when = timezone.localtime(session.at if session else at)
        initial: dict[str, Any] = {"day": when.date(), "time": when.time().replace(second=0, microsecond=0)}
        if session:
            initial |= {
                "base_version": session.version,
                "notes": session.notes,
                "agreements": session.agreements,
            }
        super().__init__(*args, **{**kwargs, "initial": initial})

    @property
    def on(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"]))

    @property
    def written(self) -> dict[str, Any]:
        """What was typed, as the actions take it."""
        cleaned = self.cleaned_data
        return {"on": self.on, "notes": cleaned["notes"], "agreements": cleaned["agreements"]}
