"""What is asked about how a parent is doing, and about a support or a step of a referral."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apego.practice import supports
from apego.web.forms.choosing import DayField, day_input, offered
from apego.web.forms.contacts import caregiver_field


class SupportForm(forms.Form):
    caregiver = caregiver_field(_("Who"), _("The whole family"))
    area = forms.ChoiceField(
        label=_("What it is about"), choices=offered(supports.areas, _("Choose what it is about"))
    )
    words = forms.CharField(
        label=_("As the parent told it"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Their words, and what was agreed. No diagnosis, and nothing about papers."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("What helped, or was offered"),
        required=False,
        choices=offered(supports.support_kinds, _("Nothing yet")),
    )
    step = forms.ChoiceField(
        label=_("Where a referral stands"),
        required=False,
        choices=offered(supports.referral_steps, _("No referral")),
    )
    on = DayField(label=_("Day"), widget=day_input(), initial=timezone.localdate)

    def __init__(self, *args: Any, at_home: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["caregiver"].queryset = at_home  # type: ignore[attr-defined]
