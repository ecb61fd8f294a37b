"""What is written of a group socialization: its plan in the parts of `practice.gatherings`, and who came."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apego.practice.gatherings import gathering_parts
from apego.records.actions.socializations import NOT_HELD
from apego.records.models import Attendance, Caregiver, Child, Family, Person, Socialization, Visit
from apego.web.forms.choosing import DayField, PersonChoices, day_input, time_input
from apego.web.templatetags.apego import spoken

LONGEST = 10_000
# part of practice.gatherings -> field of Socialization, and the rows it begins with
PARTS = {
    "question": ("question", 2),
    "predictions": ("predictions", 3),
    "areas": ("areas", 5),
    "look": ("look_for", 3),
    "song": ("song", 2),
    "closing": ("closing", 2),
    "home": ("take_home", 2),
}
CHIPS = forms.CheckboxSelectMultiple(attrs={"class": "chips"})


class Parents(PersonChoices):
    """Parents by their names and their families': there is more than one Rosa."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.family.name})"


class PlanForm(forms.Form):
    base_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    start_from = forms.SlugField(widget=forms.HiddenInput, required=False)
    day = DayField(label=_("Day"), widget=day_input())
    time = forms.TimeField(label=_("Time"), widget=time_input())
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    visitors = PersonChoices(queryset=None, label=_("Who leads it"), required=False, widget=CHIPS)
    planned_with = Parents(
        queryset=None,
        label=_("Planned with"),
        required=False,
        widget=CHIPS,
        help_text=_("The parents with whom you planned this group."),
    )

    def __init__(
        self,
        *args: Any,
        group: Socialization | None = None,
        visitors: QuerySet[Person],
        parents: QuerySet[Caregiver],
        **kwargs: Any,
    ) -> None:
        initial = {**(_standing(group) if group else {}), **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.group = group
        self.fields["visitors"].queryset = visitors  # type: ignore[attr-defined]
        self.fields["planned_with"].queryset = parents  # type: ignore[attr-defined]
        for id, part in gathering_parts().items():
            field, rows = PARTS[id]
            self.fields[field] = forms.CharField(
                label=spoken(part.name),
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": rows}),
                help_text=spoken(part.prompt),
            )

    @property
    def parts(self) -> list[Any]:
        """The fields of the plan, in the order of the content."""
        return [self[PARTS[id][0]] for id in gathering_parts()]

    @property
    def facts(self) -> dict[str, Any]:
        """The fields of the group itself, without its people."""
        cleaned = self.cleaned_data
        at = timezone.make_aware(datetime.combine(cleaned["day"], cleaned["time"]))
        words = {field: cleaned[field] for field, _rows in PARTS.values()}
        return {"at": at, "place": cleaned["place"], "start_from": cleaned["start_from"], **words}

    @property
    def leading(self) -> list[Person]:
        return self._with_those_out_of_reach("visitors")

    @property
    def parents(self) -> list[Caregiver]:
        return self._with_those_out_of_reach("planned_with")

    def _with_those_out_of_reach(self, name: str) -> list[Any]:
        """Give who was chosen, and who stood there before and could not be unticked by this person."""
        chosen = list(self.cleaned_data[name])
        if self.group is None:
            return chosen
        offered = self.fields[name].queryset.values("pk")  # type: ignore[attr-defined]
        return [*chosen, *getattr(self.group, name).exclude(pk__in=offered)]


def _standing(group: Socialization) -> dict[str, Any]:
    at = timezone.localtime(group.at)
    people = {name: list(getattr(group, name).all()) for name in ("visitors", "planned_with")}
    written = ("place", "start_from", *(field for field, _rows in PARTS.values()))
    words = {name: getattr(group, name) for name in written}
    return {"day": at.date(), "time": at.time(), "base_version": group.version, **people, **words}


class FamilyCame(forms.Form):
    """Who of one family came. What stood when the page was drawn goes along, so that only a change is written."""

    people = forms.MultipleChoiceField(required=False, widget=CHIPS, show_hidden_initial=True)

    def __init__(self, *args: Any, family: Family, standing: Attendance | None, **kwargs: Any) -> None:
        self.family, self.standing = family, standing
        self.children = {str(one.pk): one for one in family.children.all()}
        self.caregivers = {str(one.pk): one for one in family.caregivers.all()}
        there = [*standing.children.all(), *standing.caregivers.all()] if standing else []
        initial = {"people": [str(one.pk) for one in there]}
        super().__init__(*args, **{**kwargs, "initial": initial, "prefix": str(family.pk)})
        field = self.fields["people"]
        field.label = family.name
        field.choices = [(pk, one.name) for pk, one in (self.children | self.caregivers).items()]  # type: ignore[attr-defined]

    @property
    def came(self) -> tuple[list[Child], list[Caregiver]]:
        chosen = self.cleaned_data["people"]
        children = [self.children[pk] for pk in chosen if pk in self.children]
        return children, [self.caregivers[pk] for pk in chosen if pk in self.caregivers]


class NotHeldForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Who cancelled it?"),
        choices=[(one.value, one.label) for one in NOT_HELD],
        initial=Visit.Status.CANCELLED_BY_PROGRAM,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )


class FinishForm(forms.Form):
    minutes = forms.IntegerField(
        label=_("How many minutes it lasted"),
        min_value=1,
        max_value=600,
        initial=90,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
