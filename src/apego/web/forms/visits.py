"""What is typed about a visit: when it is planned, who took part, its parts, its end. Moments are in `moments`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apego.practice.planning import visit_parts
from apego.practice.visiting import home_languages, outcomes, places, reasons_for
from apego.records.actions.visits import NOT_HELD
from apego.records.models import Person, Signature, Visit
from apego.web.forms.choosing import DayField, PersonChoice, PersonChoices, day_input, offered, time_input
from apego.web.templatetags.apego import spoken

ALWAYS_OFFERED = ("eng", "spa")  # beside the family's own languages
WEEKDAYS = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
)


class Chips(forms.CheckboxSelectMultiple):
    """Short words to tick."""

    def __init__(self, **more: Any) -> None:
        super().__init__(attrs={"class": "chips"}, **more)


def people(label: Any) -> PersonChoices:
    """People to tick, by their names; the form says which."""
    return PersonChoices(queryset=None, label=label, required=False, widget=Chips())


def day_field(label: Any) -> forms.DateField:
    return DayField(label=label, widget=day_input())


def time_field(label: Any, *, required: bool = True) -> forms.TimeField:
    return forms.TimeField(label=label, required=required, widget=time_input())


def on_the_clock(day: date, at: time) -> datetime:
    """Give a day and a time of the program's clock as a moment."""
    return timezone.make_aware(datetime.combine(day, at))


class When(forms.Form):
    """A day and a time."""

    day = day_field(_("Day"))
    time = time_field(_("Time"))

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if "day" in cleaned and "time" in cleaned:
            cleaned["planned_at"] = on_the_clock(cleaned["day"], cleaned["time"])
        return cleaned


class Moved(When):
    base_version = forms.IntegerField(widget=forms.HiddenInput)


class NewVisit(When):
    visitors = people(_("Who goes"))
    is_first = forms.BooleanField(label=_("This is the first visit"), required=False)
    field_order = ("day", "time", "visitors", "is_first")

    def __init__(self, *args: Any, visitors: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visitors"].queryset = visitors  # type: ignore[attr-defined]


class NewSeries(forms.Form):
    """Weekly visits."""

    weekday = forms.TypedChoiceField(label=_("Day of the week"), choices=WEEKDAYS, coerce=int)
    time = time_field(_("Time"))
    since = day_field(_("From"))
    visitor = PersonChoice(queryset=None, label=_("Who goes"), empty_label=None)

    def __init__(self, *args: Any, visitors: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visitor"].queryset = visitors  # type: ignore[attr-defined]


class NotHeld(forms.Form):
    """Why a visit was not held. Every reason is offered once; which fit which outcome the action knows."""

    outcome = forms.ChoiceField(label=_("What happened?"), widget=forms.RadioSelect(attrs={"class": "cards"}))
    reason = forms.ChoiceField(label=_("Why, if you like"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missed = [(one.id, spoken(one.name)) for one in outcomes().values() if one.id in NOT_HELD]
        self.fields["outcome"].choices = missed  # type: ignore[attr-defined]
        grouped = [
            (name, [(reason.id, spoken(reason.name)) for reason in reasons_for(outcome)])
            for outcome, name in missed
        ]
        self.fields["reason"].choices = [("", _("Not said")), *grouped]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        fitting = {one.id for one in reasons_for(cleaned.get("outcome", ""))}
        if cleaned.get("reason") and "outcome" in cleaned and cleaned["reason"] not in fitting:
            self.add_error(
                "reason", _("This reason stands under another answer. Choose one that fits, or none.")
            )
        return cleaned


class WhoWhenWhere(forms.Form):
    """Who took part, when and where. Times may stay open until the visit is finished."""

    base_version = forms.IntegerField(widget=forms.HiddenInput)
    day = day_field(_("Day"))
    begins = time_field(_("Began"), required=False)
    ends = time_field(_("Ended"), required=False)
    children = people(_("Children"))
    caregivers = people(_("Parents and caregivers"))
    others = forms.CharField(label=_("Who else was there"), required=False, max_length=300)
    visitors = people(_("Visitors"))
    place = forms.ChoiceField(label=_("Where"), choices=offered(places))
    languages = forms.MultipleChoiceField(label=_("Languages spoken"), required=False, widget=Chips())
    interpreter = forms.CharField(label=_("Interpreter"), required=False, max_length=200)
    is_appointment = forms.BooleanField(
        label=_("It was a medical or social service appointment"),
        required=False,
        help_text=_("It is kept, and does not count as a home visit."),
    )
    is_finishing = False

    def __init__(self, *args: Any, visit: Visit, visitors: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visit = visit
        sets: Mapping[str, QuerySet[Any]] = {
            "children": visit.family.children.all(),
            "caregivers": visit.family.caregivers.all(),
            "visitors": visitors,
        }
        for name, people in sets.items():
            self.fields[name].queryset = people  # type: ignore[attr-defined]
        wanted = dict.fromkeys([*visit.family.home_languages, *visit.languages, *ALWAYS_OFFERED])
        known = [home_languages()[code] for code in wanted if code in home_languages()]
        self.fields["languages"].choices = [(one.id, spoken(one.name)) for one in known]  # type: ignore[attr-defined]
        if self.is_finishing:
            self.fields["begins"].required = self.fields["ends"].required = True

    @staticmethod
    def as_it_stands(visit: Visit) -> dict[str, Any]:
        """Give what the form opens with."""
        begins, ends = (
            timezone.localtime(one) if one else None for one in (visit.started_at, visit.ended_at)
        )
        return {
            "base_version": visit.version,
            "day": (begins or timezone.localtime(visit.planned_at)).date(),
            "begins": begins.time() if begins else None,
            "ends": ends.time() if ends else None,
            "children": visit.children.all(),
            "caregivers": visit.caregivers.all(),
            "visitors": visit.visitors.all(),
            "others": visit.others,
            "place": visit.place,
            "languages": visit.languages,
            "interpreter": visit.interpreter,
            "is_appointment": visit.is_appointment,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        day = cleaned.get("day")
        for typed, kept in (("begins", "started_at"), ("ends", "ended_at")):
            cleaned[kept] = on_the_clock(day, cleaned[typed]) if day and cleaned.get(typed) else None
        if cleaned["started_at"] and cleaned["ended_at"] and cleaned["ended_at"] <= cleaned["started_at"]:
            self.add_error("ends", _("The end lies before the beginning. Check morning and afternoon."))
        return cleaned

    @property
    def changes(self) -> dict[str, Any]:
        """What is written of the visit."""
        people = ("visitors", "children", "caregivers", "others")
        rest = ("place", "languages", "interpreter", "is_appointment", "started_at", "ended_at")
        return {
            name: list(self.cleaned_data[name])
            if isinstance(self.cleaned_data[name], QuerySet)
            else self.cleaned_data[name]
            for name in (*people, *rest)
        }


class Finish(WhoWhenWhere):
    """The same, when a visit is finished: its times are fixed now."""

    is_finishing = True


class PartForm(forms.Form):
    """The words of one part of a visit. Several stand on one page, so each field carries the part's name."""

    part = forms.CharField(widget=forms.HiddenInput)
    base_version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    words = forms.CharField(required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, part: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": f"id_{part}_%s"})
        if part in visit_parts():
            self.fields["words"].label = spoken(visit_parts()[part].prompt)


class AddendumForm(forms.Form):
    words = forms.CharField(
        label=_("What is to be added"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ParentSigns(forms.Form):
    """Who signs and how: a parent is named; a visitor signs for herself by being signed in."""

    how = forms.ChoiceField(choices=Signature.How.choices)
    caregiver = PersonChoice(queryset=None, label=_("Who signs"), required=False, empty_label=None)
    drawing = forms.CharField(required=False, max_length=25_000)

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signed = visit.signatures.filter(caregiver__isnull=False).values("caregiver")
        here = visit.caregivers.all()
        self.fields["caregiver"].queryset = (here or visit.family.caregivers.all()).exclude(id__in=signed)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        cleaned["how"] = Signature.How(cleaned.get("how") or Signature.How.SIGNED_IN)
        if cleaned["how"] == Signature.How.SIGNED_IN:
            cleaned["caregiver"] = None
        if cleaned["how"] != Signature.How.SCREEN:
            cleaned["drawing"] = ""
        return cleaned
