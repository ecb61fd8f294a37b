from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class LetterForm(forms.Form):
    """The letter's words, and the version that was seen."""

    words = forms.CharField(
        label=_("The letter"), widget=forms.Textarea(attrs={"class": "notebook", "rows": 14}), max_length=4000
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)
