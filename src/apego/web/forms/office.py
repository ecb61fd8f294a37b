"""What the office asks: a reason to open a record, a request and its answer, a hold, a notice, a code."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apego.records.models import Caregiver, ParentRequest, Visit
from apego.web.forms.choosing import DayField, PersonChoice, day_input
from apego.web.templatetags.apego import day

HOW_GIVEN = (
    ("paper", _("On paper")),
    ("read_aloud", _("Read aloud")),
    ("interpreted", _("Read aloud by an interpreter")),
)


def not_ahead(field: date, today: date) -> date:
    """Refuse a day that has not come yet."""
    if field > today:
        raise forms.ValidationError(_("This day has not come yet. Check the date."))
    return field


class OpeningForm(forms.Form):
    reason = forms.CharField(
        label=_("Why do you need to read it?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The reason stays with the family's record, and every page that you open is in its log."),
    )


class RequestForm(forms.Form):
    kind = forms.ChoiceField(label=_("What does the parent ask for?"), choices=ParentRequest.Kind.choices,
                             widget=forms.RadioSelect(attrs={"class": "cards"}))  # fmt: skip
    caregiver = PersonChoice(label=_("Who asks?"), queryset=Caregiver.objects.none(), required=False,
                             empty_label=_("Somebody else, with the right to ask"))  # fmt: skip
    words = forms.CharField(
        label=_("In the parent's words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For a correction: what is to be changed, and how it should read."),
    )
    received_on = DayField(label=_("Received on"), widget=day_input())

    def __init__(self, *args: Any, caregivers: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["caregiver"].queryset = caregivers  # type: ignore[attr-defined]
        self.fields["received_on"].initial = today

    def clean_received_on(self) -> date:
        return not_ahead(self.cleaned_data["received_on"], self.today)


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(label=_("The answer"), choices=ParentRequest.Answer.choices,
                               widget=forms.RadioSelect(attrs={"class": "chips"}))  # fmt: skip
    words = forms.CharField(
        label=_("What the parent is told"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A refusal says why, and that the parent may ask for a hearing."),
    )
    on = DayField(label=_("Answered on"), widget=day_input())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"].initial = today

    def clean_on(self) -> date:
        return not_ahead(self.cleaned_data["on"], self.today)


class StatementForm(forms.Form):
    statement = forms.CharField(
        label=_("The parent's statement, word for word"),
        widget=forms.Textarea(attrs={"rows": 6, "class": "notebook"}),
    )


class VisitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Visit) -> str:
        return day(obj.when)


class AmendForm(forms.Form):
    visit = VisitChoice(label=_("Visit"), queryset=Visit.objects.none(), empty_label=_("Choose a visit"))
    words = forms.CharField(
        label=_("The correction"),
        widget=forms.Textarea(attrs={"rows": 5, "class": "notebook"}),
        help_text=_(
            "It stands below the visit, with today's date and your name. The visit stays as it was signed."
        ),
    )

    def __init__(self, *args: Any, visits: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visit"].queryset = visits  # type: ignore[attr-defined]


class HoldForm(forms.Form):
    reason = forms.CharField(label=_("Why?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
                             help_text=_("For example an order of a court, and its number."))  # fmt: skip


class NoticeForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=(("en", "English"), ("es", "Español")))
    how = forms.ChoiceField(label=_("How"), choices=HOW_GIVEN)
    on = DayField(label=_("Given on"), widget=day_input())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"].initial = today

    def clean_on(self) -> date:
        return not_ahead(self.cleaned_data["on"], self.today)


class DestroyForm(forms.Form):
    code = forms.CharField(label=_("The code of this family"), max_length=12,
                           widget=forms.TextInput(attrs={"autocomplete": "off", "class": "short"}))  # fmt: skip

    def __init__(self, *args: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted = code

    def clean_code(self) -> str:
        if self.cleaned_data["code"].strip().upper() != self.wanted:
            raise forms.ValidationError(_("This is another code. Nothing was destroyed."))
        return self.wanted
