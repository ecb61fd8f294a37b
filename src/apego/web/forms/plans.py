"""What is typed and chosen in a plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apego.practice.planning import plan_parts
from apego.records.models import Family, Plan
from apego.web.forms.visits import people
from apego.web.templatetags.apego import spoken


class Ids(forms.MultipleChoiceField):
    """Ids of content that the page draws itself as cards; which of them exist the page knows."""

    def valid_value(self, value: str) -> bool:
        return 0 < len(value) <= 80


class PlanForm(forms.Form):
    """A plan. Everything may stay empty."""

    base_version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    noticed = forms.CharField(required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 2}))
    hope = forms.CharField(required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 2}))
    invitations = Ids(required=False)
    own_idea = forms.CharField(label=_("Something else, of their own"), required=False, max_length=2000)
    questions = Ids(required=False)
    own_question = forms.CharField(label=_("A question of yours"), required=False, max_length=2000)
    bring = forms.CharField(label=_("To bring"), required=False, max_length=2000)
    made_with = people(_("Planned with"))

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["made_with"].queryset = family.caregivers.all()  # type: ignore[attr-defined]
        for name, part in (("noticed", "since"), ("hope", "hope")):
            self.fields[name].label = spoken(plan_parts()[part].name)
            self.fields[name].help_text = spoken(plan_parts()[part].prompt)

    @staticmethod
    def as_it_stands(plan: Plan | None) -> dict[str, Any]:
        if plan is None:
            return {}
        names = ("noticed", "hope", "invitations", "own_idea", "questions", "own_question", "bring")
        return {name: getattr(plan, name) for name in names} | {
            "base_version": plan.version,
            "made_with": plan.made_with.all(),
        }

    @property
    def planned(self) -> dict[str, Any]:
        """What a plan holds."""
        cleaned = {name: value for name, value in self.cleaned_data.items() if name != "base_version"}
        return cleaned | {"made_with": list(cleaned["made_with"])}
