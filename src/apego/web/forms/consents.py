"""What an adult is asked to sign, how it was signed, and what was given to somebody outside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apego.practice.consents import blanks, consent_purpose, consent_purposes, grounds
from apego.practice.content import Language
from apego.records.actions.consents import Asked
from apego.records.consents import Adult
from apego.records.models import Consent, Family
from apego.web.forms.choosing import DayField, day_input, offered
from apego.web.forms.reflect import page_language

SOMEBODY_ELSE = "other"
WORDS = ("records", "party", "reason", "adults")  # the blanks that are words; the last day is a date


class ConsentForm(forms.Form):
    """Who is asked for what: the blanks of one purpose. What is asked for is chosen before."""

    whose = forms.ChoiceField(label=_("Who is asked"), widget=forms.RadioSelect(attrs={"class": "chips"}))
    adult = forms.CharField(label=_("The name, if it is somebody else"), required=False, max_length=120)
    until = DayField(label=_("The last day on which it counts"), widget=day_input())
    language = forms.ChoiceField(
        label=_("The words are read in"),
        choices=[("en", "English"), ("es", "Español")],
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )
    interpreted = forms.BooleanField(
        label=_("An interpreter says them in the family's language"), required=False
    )

    def __init__(self, *args: Any, family: Family, purpose: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purpose, self.today = consent_purpose(purpose), today
        self.known = {str(one.id): one for one in family.caregivers.all() if not one.left_on}
        choices = [
            *((id, one.name) for id, one in self.known.items()),
            (SOMEBODY_ELSE, gettext("Somebody else")),
        ]
        self.fields["whose"].choices = choices  # type: ignore[attr-defined]
        self.fields["until"].widget.attrs["min"] = today.isoformat()
        language = page_language()
        for blank in WORDS:
            if blank in self.purpose.asks:
                self.fields[blank] = forms.CharField(label=blanks()[blank].name[language], max_length=400)
        self.order_fields(["whose", "adult", *WORDS, "until", "language", "interpreted"])

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until < self.today:
            raise forms.ValidationError(_("That day has gone by. Choose one that is still to come."))
        return until

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("whose") == SOMEBODY_ELSE and not cleaned.get("adult"):
            self.add_error("adult", _("Write the name of whoever is asked."))
        return cleaned

    @property
    def signer(self) -> Adult:
        whose = self.cleaned_data["whose"]
        return Adult(named=self.cleaned_data["adult"]) if whose == SOMEBODY_ELSE else Adult(self.known[whose])

    @property
    def asked(self) -> Asked:
        told = self.cleaned_data
        language: Language = "es" if told["language"] == "es" else "en"
        return Asked(
            purpose=self.purpose.id,
            words=self.purpose.written(language, self._blanks(language)),
            language=language,
            interpreted=told["interpreted"],
            until=told["until"],
            party=told.get("party", ""),
            what=told.get("records", ""),
        )

    def _blanks(self, language: Language) -> Mapping[str, str]:
        with translation.override(language):
            until = date_format(self.cleaned_data["until"], gettext("F j, Y"))
        return {blank: self.cleaned_data.get(blank, "") for blank in WORDS} | {"until": until}


class SignForm(forms.Form):
    """How it was signed: on the screen, by a drawing or a name, or on paper that the visitor saw."""

    how = forms.ChoiceField(
        label=_("How it is signed"),
        choices=[
            (Consent.How.SCREEN, _("Here, on the screen")),
            (Consent.How.PAPER, _("On paper, and I saw it")),
        ],
        initial=Consent.How.SCREEN,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )
    signed_on = DayField(label=_("Signed on"), widget=day_input())
    drawing = forms.CharField(required=False, widget=forms.HiddenInput, max_length=100_000)
    typed_name = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["signed_on"].initial = today
        self.fields["signed_on"].widget.attrs["max"] = today.isoformat()

    def clean_signed_on(self) -> date:
        on: date = self.cleaned_data["signed_on"]
        if on > self.today:
            raise forms.ValidationError(
                _("That day is still to come. Choose the day on which it was signed.")
            )
        return on

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        on_screen = cleaned.get("how") == Consent.How.SCREEN
        if on_screen and not (cleaned.get("drawing") or cleaned.get("typed_name")):
            raise forms.ValidationError(
                _("There is no signature yet. Sign in the box, write the name, or choose paper.")
            )
        return cleaned


class PurposeForm(forms.Form):
    purpose = forms.ChoiceField(
        label=_("What is asked for"),
        choices=offered(consent_purposes),
        widget=forms.RadioSelect(attrs={"class": "cards"}),
    )


class DisclosureForm(forms.Form):
    """What went to whom, and on what ground."""

    what = forms.CharField(
        label=_("What was shown or given"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    party = forms.CharField(label=_("To whom"), max_length=200)
    basis = forms.ChoiceField(label=_("On what ground"), choices=offered(grounds), widget=forms.RadioSelect)
    consent = forms.ChoiceField(label=_("The consent it rests on"), required=False)

    def __init__(self, *args: Any, standing: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent"].choices = [("", _("None")), *standing.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        basis = cleaned.get("basis")
        if basis and grounds()[basis].consent and not cleaned.get("consent"):
            self.add_error(
                "consent",
                _(
                    "This ground needs a consent that counts today. Have one signed first, or choose another ground."
                ),
            )
        return cleaned
