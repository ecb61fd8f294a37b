"""What is typed in a lesson: an answer in her own words, sentences sorted, a moment marked."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apego.practice.domains import domains
from apego.practice.lesson import Lesson, Question, Rewrite, Say, Sort
from apego.web.forms.reflect import LONGEST_ANSWER, page_language

LONGEST_MARK = 600
_TIME = re.compile(r"(?:(\d{1,3}):)?(\d{1,5})(?:[.,]\d+)?", re.ASCII)


class WordsForm(forms.Form):
    """One answer: to an open question, or in a small practice."""

    words = forms.CharField(
        label=_("In your own words"),
        help_text=_("In English, in Spanish, or in both."),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"class": "notebook", "rows": 6}),
    )

    @property
    def answer(self) -> tuple[str, dict[str, str]]:
        return self.cleaned_data["words"], {}


class ByDomainForm(forms.Form):
    """What she saw, by domain. Any of them may stay empty, not all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for id, domain in domains().items():
            self.fields[f"domain_{id}"] = forms.CharField(
                label=domain.name[page_language()],
                required=False,
                max_length=LONGEST_ANSWER,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("Write what you saw under at least one of them."))
        return cleaned

    @property
    def answer(self) -> tuple[str, dict[str, str]]:
        told = {id: self.cleaned_data[f"domain_{id}"] for id in domains()}
        return "", {id: words for id, words in told.items() if words}


class SortForm(forms.Form):
    """Where each sentence goes, in her view."""

    def __init__(self, *args: Any, sort: Sort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = page_language()
        self.count = len(sort.items)
        for number, item in enumerate(sort.items):
            self.fields[f"item_{number}"] = forms.ChoiceField(
                label=item.text[language],
                choices=[(group.id, group.name[language]) for group in sort.groups],
                widget=forms.RadioSelect(attrs={"class": "chips"}),
            )

    @property
    def answer(self) -> tuple[str, dict[str, str]]:
        return "", {str(number): self.cleaned_data[f"item_{number}"] for number in range(self.count)}


class MarkForm(forms.Form):
    """A moment of the scene: when, what it may be, a few words."""

    at = forms.CharField(
        label=_("At"), max_length=12, widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"})
    )
    kind = forms.ChoiceField(
        label=_("What you see in it"), required=False, widget=forms.RadioSelect(attrs={"class": "chips"})
    )
    words = forms.CharField(
        label=_("A few words, if you like"),
        required=False,
        max_length=LONGEST_MARK,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, lesson: Lesson, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(one.id, one.name[page_language()]) for one in lesson.marks]
        if kinds:
            self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        else:
            del self.fields["kind"]

    def clean_at(self) -> int:
        """Give the seconds of “1:23” or “83”."""
        found = _TIME.fullmatch(self.cleaned_data["at"].strip())
        if not found:
            raise forms.ValidationError(_("Write minutes and seconds, like 1:23."))
        return int(found[1] or 0) * 60 + int(found[2])


AnswerForm = WordsForm | ByDomainForm | SortForm


def answer_form(exercise: Question | Sort | Rewrite | Say, *args: Any, **kwargs: Any) -> AnswerForm:
    """Give the form of a question or a small practice."""
    if isinstance(exercise, Sort):
        return SortForm(*args, sort=exercise, **kwargs)
    if isinstance(exercise, Question) and exercise.kind == "domains":
        return ByDomainForm(*args, **kwargs)
    return WordsForm(*args, **kwargs)
