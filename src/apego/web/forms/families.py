"""What is asked about a family, its children and the adults at home."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apego.practice import visiting
from apego.practice.ages import WEEKS_EARLY_AT_MOST
from apego.records.models import Caregiver, Family, Option, Person, Versioned
from apego.web.forms.choosing import DayField, MonthDayField, PersonChoice, day_input, offered

LANGUAGES_ASKED = 3


class Edits(forms.Form):
    """A form over a record: it opens on what stands, and says which version it has seen."""

    base_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, thing: Versioned | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if thing is not None:
            self.initial = {name: getattr(thing, name, None) for name in self.fields} | kwargs.get(
                "initial", {}
            )
            self.initial["base_version"] = thing.version

    @property
    def version(self) -> int:
        return self.cleaned_data["base_version"] or 0

    @property
    def facts(self) -> dict[str, Any]:
        """What was typed, by the record's fields."""
        return {name: value for name, value in self.cleaned_data.items() if name != "base_version"}


class FamilyForm(Edits):
    name = forms.CharField(label=_("What the family is called"), max_length=120)
    address = forms.CharField(
        label=_("Where they live"),
        max_length=300,
        required=False,
        help_text=_("The address, and how to find the door."),
    )
    option = forms.ChoiceField(label=_("Program option"), choices=Option.choices, widget=forms.RadioSelect)
    enrolled_on = DayField(label=_("Enrolled on"), widget=day_input())
    celebrates = forms.BooleanField(
        label=_("Birthdays and feasts are kept in this family"),
        required=False,
        help_text=_("Where this is not ticked, Apego reminds nobody of any day."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.initial:
            self.initial = {
                "celebrates": True,
                "option": Option.EARLY_HEAD_START,
                "enrolled_on": timezone.localdate(),
            }


class LanguagesForm(Edits):
    language_1 = forms.ChoiceField(
        label=_("Spoken most at home"), choices=offered(visiting.home_languages, _("Choose a language"))
    )
    language_2 = forms.ChoiceField(
        label=_("Also spoken"), required=False, choices=offered(visiting.home_languages, _("None"))
    )
    language_3 = forms.ChoiceField(
        label=_("And also"), required=False, choices=offered(visiting.home_languages, _("None"))
    )
    interpreter_needed = forms.BooleanField(label=_("An interpreter comes along"), required=False)
    interpreter = forms.CharField(
        label=_("Who interprets"),
        required=False,
        max_length=200,
        help_text=_("Name and phone. A child of the family is never the interpreter."),
    )

    def __init__(self, *args: Any, thing: Family | None = None, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, **kwargs)
        for number, code in enumerate(thing.home_languages if thing else [], start=1):
            self.initial[f"language_{number}"] = code

    @property
    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        asked = (typed[f"language_{number}"] for number in range(1, LANGUAGES_ASKED + 1))
        return {
            "home_languages": list(dict.fromkeys(code for code in asked if code)),
            "interpreter_needed": typed["interpreter_needed"],
            "interpreter": typed["interpreter"],
        }


class MattersForm(Edits):
    matters = forms.CharField(
        label=_("What matters in this family"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "class": "notebook"}),
        help_text=_("In the family's own words: how one takes part, what a child learns here first."),
    )
    hopes = forms.CharField(
        label=_("What the family hopes for"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    words_language = forms.ChoiceField(
        label=_("These words are in"),
        choices=[("en", "English"), ("es", "Español")],
        widget=forms.RadioSelect,
    )


class ChildForm(Edits):
    name = forms.CharField(label=_("The child's name"), max_length=120)
    born_on = DayField(label=_("Born on"), widget=day_input())
    weeks_early = forms.IntegerField(
        label=_("Weeks born early"),
        min_value=0,
        max_value=WEEKS_EARLY_AT_MOST,
        initial=0,
        help_text=_(
            "0 for a child born around the due day. Until two years, Apego looks things up by the corrected age."
        ),
    )
    language = forms.ChoiceField(
        label=_("The language spoken with this child"),
        required=False,
        choices=offered(visiting.home_languages, _("As at home")),
    )
    enrolled = forms.BooleanField(
        label=_("Enrolled in the program"),
        required=False,
        initial=True,
        help_text=_("A brother or a sister may be at home and not be enrolled."),
    )

    def clean_born_on(self) -> Any:
        born = self.cleaned_data["born_on"]
        if born > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Check the year."))
        return born


class CaregiverForm(Edits):
    name = forms.CharField(label=_("Name"), max_length=120)
    called = forms.CharField(
        label=_("Likes to be called"), required=False, max_length=60, help_text=_("In letters, for one.")
    )
    relation = forms.ChoiceField(label=_("To the children"), choices=offered(visiting.relations))
    phone = forms.CharField(
        label=_("Phone"), required=False, max_length=40, widget=forms.TextInput(attrs={"type": "tel"})
    )
    phone_is_safe = forms.BooleanField(
        label=_("It is safe to call and to write to this number"),
        required=False,
        initial=True,
        help_text=_(
            "Where it is not, the number is shown on no page but this one, only that it is not safe."
        ),
    )
    safe_hours = forms.CharField(
        label=_("Safe hours"),
        required=False,
        max_length=120,
        help_text=_("When to call, as this person said it."),
    )
    wants_letters = forms.BooleanField(label=_("Likes to get letters"), required=False, initial=True)
    reads = forms.ChoiceField(
        label=_("Written things"),
        choices=offered(visiting.reading),
        widget=forms.RadioSelect,
        initial="reads",
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=offered(visiting.home_languages, _("As at home"))
    )
    birthday = MonthDayField(
        label=_("Birthday"), required=False, help_text=_("Month and day. The year is nobody's business.")
    )
    left_on = DayField(label=_("No longer at home since"), required=False, widget=day_input())

    def __init__(self, *args: Any, thing: Caregiver | None = None, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, **kwargs)
        if thing is None:
            del self.fields["left_on"]


class EndForm(forms.Form):
    on = DayField(label=_("Last day in the program"), widget=day_input(), initial=timezone.localdate)


class FirstVisitorForm(forms.Form):
    """Who visits a family from its first day on."""

    visitor = PersonChoice(label=_("Who visits this family"), queryset=Person.objects.none())

    def __init__(self, *args: Any, visitors: Any, needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["visitor"]
        field.queryset, field.required = visitors, needed  # type: ignore[attr-defined]
        field.empty_label = _("Choose a visitor") if needed else _("Nobody yet")  # type: ignore[attr-defined]
