"""What is asked for a safety note, and at its review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apego.records.models import Caregiver
from apego.web.forms.choosing import PersonChoices
from apego.web.forms.contacts import WhenForm, caregiver_field


class SafetyNoteForm(WhenForm):
    field_order = ("words", "caregiver", "day", "time")
    words = forms.CharField(
        label=_("What was said or seen, in exact words"), widget=forms.Textarea(attrs={"rows": 6, "class": "notebook"}),
        help_text=_("Who said it, word for word. Apego asks nothing about these words and changes none of them."),
    )  # fmt: skip
    caregiver = caregiver_field(_("Who told it"), _("Nobody told it: it was seen"))

    def __init__(self, *args: Any, at_home: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["caregiver"].queryset = at_home  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    in_bundle_for = PersonChoices(
        label=_("Whose copy of the record may this note stand in?"),
        queryset=Caregiver.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick nobody where reading it could put somebody in danger."),
    )

    def __init__(self, *args: Any, caregivers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["in_bundle_for"].queryset = caregivers  # type: ignore[attr-defined]
