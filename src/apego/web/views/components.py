"""The parts of the look, each in every state, for whoever builds a page or looks at one in another language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from importlib import resources
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from apego.web.requests import Asked

# Strokes of an invented name, as signature.js writes them.
SIGNATURE = (
    "M70 150L84 96L96 58L110 54L118 76L108 102L88 112L112 120L132 148M150 128L162 116L174 122L172 142L156 146L150 130"
    "M196 124L188 132L206 142L198 154L184 150M228 120L220 142L234 146L246 122L244 148L262 142M300 70L290 148L330 140"
    "M350 120L344 146L362 148L370 122L372 146L400 138L460 132"
)
SIGNS = (
    "today", "families", "reflect", "learn", "supervision", "people", "groups", "office", "search", "me", "plus",
    "check", "lock", "clock", "phone", "print", "star", "calendar", "back", "on", "safety", "ask",
)  # fmt: skip


@cache
def samples(language: str) -> Mapping[str, str]:
    """Give the invented words of the page in one language."""
    text = resources.files("apego.web").joinpath("components.toml").read_text(encoding="utf-8")
    return {key: told[language] for key, told in tomllib.loads(text).items()}


class Sample(forms.Form):
    """Every kind of field that pages use."""

    def __init__(self, say: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False

        def choices(*words: str) -> list[tuple[str, str]]:
            return [(str(number), say[word]) for number, word in enumerate(words, 1)]

        tongues = [(word, word) for word in ("English", "Español", "Mam", "Kreyòl ayisyen", "Tiếng Việt")]
        day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        clock = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        self.fields |= {
            "name": forms.CharField(help_text=say["name_help"]),
            "born_on": forms.DateField(widget=day),
            "starts": forms.TimeField(widget=clock),
            "minutes": forms.IntegerField(min_value=1),
            "place": forms.ChoiceField(choices=[("", ""), *choices("home", "park", "church")]),
            "spoken": forms.MultipleChoiceField(
                choices=tongues, widget=forms.CheckboxSelectMultiple(attrs={"class": "chips"})
            ),
            "kind": forms.ChoiceField(
                choices=choices("was_held", "cancelled"), widget=forms.RadioSelect(attrs={"class": "cards"})
            ),
            "part": forms.ChoiceField(
                choices=choices("both_parents", "grandmother"), widget=forms.RadioSelect()
            ),
            "letters": forms.BooleanField(help_text=say["letters_help"]),
            "moment": forms.CharField(
                help_text=say["moment_help"], widget=forms.Textarea(attrs={"class": "notebook", "rows": 4})
            ),
            "tried": forms.CharField(widget=forms.Textarea(attrs={"rows": 2})),
            "file": forms.FileField(),
        }
        for name, field in self.fields.items():
            field.label = say[name]


def _week(say: Mapping[str, str]) -> list[dict[str, Any]]:
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    held = {
        0: [{"at": "10:00", "title": "Ortega Ruiz", "href": "#week", "note": say["with_rosa"]}],
        2: [
            {
                "at": "9:30",
                "title": "Villavicencio Santiesteban",
                "href": "#week",
                "tag": say["by_the_family"],
            },
            {"at": "14:00", "title": "Daniels", "href": "#week"},
        ],
        4: [{"at": "11:15", "title": "Lê", "href": "#week", "tag": say["make_up"]}],
    }
    return [
        {"date": date, "is_today": date == today, "items": held.get(number, [])}
        for number in range(7)
        for date in (monday + timedelta(days=number),)
    ]


def components(request: Asked) -> HttpResponse:
    """Show every part in every state. Nothing here is anybody's record."""
    say = samples("es" if get_language() == "es" else "en")
    wrong = Sample(
        say, {"spoken": ["Español"], "place": "1", "kind": "1", "minutes": "0"}, auto_id="wrong_%s"
    )
    wrong.add_error(None, say["times"])
    shown = {
        "say": say,
        "form": Sample(say),
        "wrong": wrong,
        "hints": {"1": say["was_held_hint"], "2": say["cancelled_hint"]},
        "signature": SIGNATURE,
        "signs": SIGNS,
        "kinds": [say["notices"], say["responds"]],
        "capacities": [say["exploring"]],
        "domains": [say["long_domain"]],
        "pieces": [
            {"text": say["laughed"] + " "},
            {"text": say["purpose"], "question": say["saw"]},
            {"text": say["again_so"]},
        ],
        "questions": [{"question": say["saw"], "id": "1"}],
        "days": _week(say),
        "year_rows": [(say["held"], 32), (say["made_up"], 2), (say["cancelled_family"], 3)],
        "mine": {"who": "Ana", "when": "10:42", "fields": [(say["next"], say["bring"])]},
        "theirs": {"who": "Keisha", "when": "10:40", "fields": [(say["next"], say["ask"])]},
        "tabs": [
            ("#ways", say["family"], True),
            ("#moments", say["tab_story"], False),
            ("#week", say["tab_visits"], False),
        ],
        "middle_page": Paginator(range(90), 10).page(4),
    }
    return render(request, "apego/components.html", shown)
