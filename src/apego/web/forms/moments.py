"""What is typed about a moment, and about what is credited."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apego.practice.domains import domains, goals
from apego.practice.relationship import capacities, moment_kinds
from apego.records.models import Child, Credit, Family
from apego.web.forms.choosing import PersonChoice, offered
from apego.web.forms.visits import Chips, people
from apego.web.templatetags.apego import spoken

LONGEST = 10_000


class MomentForm(forms.Form):
    """One notebook field; everything else is behind a tap and may stay empty."""

    base_version = forms.IntegerField(widget=forms.HiddenInput, initial=1)
    words = forms.CharField(
        label=_("A moment"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"class": "notebook", "rows": 5}),
        error_messages={"required": _("Write what you saw before you keep it.")},
    )
    children = people(_("Who of the children"))
    parent_words = forms.CharField(
        label=_("In the parent's own words"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kinds = forms.MultipleChoiceField(
        label=_("What happened between them"), required=False, widget=Chips(), choices=offered(moment_kinds)
    )
    capacities = forms.MultipleChoiceField(
        label=_("What grows from it"), required=False, widget=Chips(), choices=offered(capacities)
    )
    domains = forms.MultipleChoiceField(
        label=_("Domains"), required=False, widget=Chips(), choices=offered(domains)
    )
    goals = forms.MultipleChoiceField(label=_("ELOF goals"), required=False)

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["children"].queryset = Child.objects.filter(family=family)  # type: ignore[attr-defined]
        named = [(code, f"{code} {spoken(goal.label)}") for code, goal in goals().items()]
        self.fields["goals"].choices = named  # type: ignore[attr-defined]

    @property
    def seen(self) -> dict[str, Any]:
        """What a moment holds besides its words."""
        cleaned = self.cleaned_data
        lists = {name: cleaned[name] for name in ("kinds", "capacities", "domains", "goals")}
        return {**lists, "parent_words": cleaned["parent_words"], "children": list(cleaned["children"])}

    @property
    def ticked(self) -> set[str]:
        """Domains and goals that are ticked, for the template that draws them together."""
        return {value for name in ("domains", "goals") for value in self[name].value() or ()}

    @property
    def is_opened(self) -> bool:
        """True when something stands behind the tap."""
        return any(self[name].value() for name in ("parent_words", "kinds", "capacities", "domains", "goals"))


class CreditForm(forms.Form):
    words = forms.CharField(
        label=_("What they did, and what it was worth"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kind = forms.ChoiceField(
        label=_("It is"),
        choices=Credit.Kind.choices,
        initial=Credit.Kind.STRENGTH,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )
    caregiver = PersonChoice(queryset=None, label=_("Whose"), required=False, empty_label=_("The family's"))

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        # It stands on one page with a moment, which has words too.
        super().__init__(*args, **kwargs | {"auto_id": "id_credit_%s"})
        self.fields["caregiver"].queryset = family.caregivers.all()  # type: ignore[attr-defined]
