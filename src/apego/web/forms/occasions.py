"""What is asked about a day that matters, and about what was given or done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apego.practice import visiting
from apego.records.models import Caregiver, Child, Family, Occasion
from apego.web.forms.choosing import DayField, MonthDayField, day_input, offered
from apego.web.forms.families import Edits
from apego.web.templatetags.families import day_kind

Whose = dict[str, Child | Caregiver | Occasion]


class WhoseField(forms.ChoiceField):
    """Somebody of the family, or one of its days: cleans to that, or to None for the whole family."""

    things: Whose

    def offer(self, things: Whose, empty: Any) -> None:
        self.things = things
        self.choices = [("", empty), *((key, _told(thing)) for key, thing in things.items())]

    def clean(self, value: Any) -> Any:
        return self.things.get(super().clean(value))


def _told(thing: Child | Caregiver | Occasion) -> str:
    if isinstance(thing, Occasion):
        return str(thing.what or day_kind(thing.kind))
    return str(thing.name)


def people_of(children: list[Child], caregivers: list[Caregiver]) -> Whose:
    """Give the people of a family by a key that a form can send."""
    people: list[Child | Caregiver | Occasion] = [*children, *caregivers]
    return {f"{type(one).__name__.lower()}-{one.pk}": one for one in people}


def parts_of(thing: Any) -> dict[str, Any]:
    """Give what was chosen by the record's fields: only one of them is filled."""
    return {
        "child": thing if isinstance(thing, Child) else None,
        "caregiver": thing if isinstance(thing, Caregiver) else None,
    }


class OccasionForm(Edits):
    day = MonthDayField(label=_("Which day of the year"))
    kind = forms.ChoiceField(
        label=_("What day it is"), required=False, choices=offered(visiting.days, _("In words of your own"))
    )
    what = forms.CharField(
        label=_("In your words"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: one year in her own home."),
    )  # fmt: skip
    whose = WhoseField(label=_("Whose day"), required=False)

    def __init__(self, *args: Any, people: Whose, thing: Occasion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, **kwargs)
        self.fields["whose"].offer(people, _("The whole family's"))  # type: ignore[attr-defined]
        person = (thing.child or thing.caregiver) if thing else None
        if person:
            self.initial["whose"] = f"{type(person).__name__.lower()}-{person.pk}"

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("kind") and not self.cleaned_data.get("what"):
            self.add_error("what", _("Choose what day it is, or say it in your own words."))
        return self.cleaned_data

    @property
    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {name: typed[name] for name in ("day", "kind", "what")} | parts_of(typed["whose"])


class MementoForm(forms.Form):
    on = DayField(label=_("Day"), widget=day_input(), initial=timezone.localdate)
    words = forms.CharField(
        label=_("What was given or done"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A photo, a song, a card, a call. Next year Apego tells you what it was."),
    )  # fmt: skip
    whose = WhoseField(label=_("For whom, or for which day"), required=False)

    def __init__(self, *args: Any, family: Family, things: Whose, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whose"].offer(things, family.name)  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, Any]:
        thing = self.cleaned_data["whose"]
        told = {"on": self.cleaned_data["on"], "words": self.cleaned_data["words"], **parts_of(thing)}
        if isinstance(thing, Occasion):
            told |= {"occasion": thing, "child": thing.child, "caregiver": thing.caregiver}
        return told
