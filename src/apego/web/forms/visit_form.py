"""The coordinator's order of the form in which a visit is copied: a place and a heading for each field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apego.practice.forms import fields
from apego.records.actions.forms import Section
from apego.web.templatetags.apego import spoken


class VisitForm(forms.Form):
    """For each field of a record: its place, and the heading that it stands under. Without a place it is left out."""

    def __init__(self, *args: Any, sections: Iterable[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = [(field, section["heading"]) for section in sections for field in section["fields"]]
        placed = dict(standing)
        self.order = [*placed, *(id for id in fields() if id not in placed)]
        for number, id in enumerate(self.order, start=1):
            name = spoken(fields()[id].name)
            self.fields[f"place-{id}"] = forms.IntegerField(
                label=_("Place of %(field)s") % {"field": name},
                required=False,
                min_value=1,
                max_value=999,
                initial=number * 10 if id in placed else None,
            )
            self.fields[f"heading-{id}"] = forms.CharField(
                label=_("Heading of %(field)s") % {"field": name},
                required=False,
                max_length=120,
                initial=placed.get(id, ""),
            )

    def rows(self) -> Iterator[tuple[str, forms.BoundField, forms.BoundField]]:
        """Give each field's name with its two inputs."""
        for id in self.order:
            yield spoken(fields()[id].name), self[f"place-{id}"], self[f"heading-{id}"]

    def clean(self) -> dict[str, Any]:
        for id in self.order:
            if self.cleaned_data.get(f"place-{id}") and not self.cleaned_data.get(f"heading-{id}"):
                self.add_error(f"heading-{id}", _("Write the heading that it stands under."))
        return self.cleaned_data

    @property
    def sections(self) -> list[Section]:
        """Give the sections: neighbours under one heading stand together."""
        placed = [(place, id) for id in self.order if (place := self.cleaned_data.get(f"place-{id}"))]
        headed = [
            (self.cleaned_data[f"heading-{id}"], id) for _place, id in sorted(placed, key=lambda one: one[0])
        ]
        return [
            {"heading": heading, "fields": [id for _heading, id in together]}
            for heading, together in groupby(headed, key=lambda one: one[0])
        ]
