"""What a visitor types when she looks back: answers, a room, a conversation, who is who, a focus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from apego.listening.formats import read_data
from apego.listening.people import Cast
from apego.listening.transcript import Role, TranscriptUnreadable
from apego.practice.after_visit import after_visit
from apego.practice.content import Language
from apego.practice.practices import practices
from apego.practice.sentences import say, sentences
from apego.records.consents import Adult
from apego.records.models import Visit

LARGEST_MB = 5
LONGEST_ANSWER = 8000


def page_language() -> Language:
    return "es" if get_language() == "es" else "en"


def focus_on(practice: str) -> str:
    """Give the sentence of a focus, in the page's language."""
    return sentences("reflection")[_focus_key(practice)][page_language()]


def focuses() -> list[tuple[str, str]]:
    """Give the practices that can be a focus, each with its sentence."""
    return [(one, focus_on(one)) for one in practices() if _focus_key(one) in sentences("reflection")]


def _focus_key(practice: str) -> str:
    return f"focus-{practice.replace('_', '-')}"


class AfterVisitForm(forms.Form):
    """The six questions, each of which may be left, and the version that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = page_language()
        for key, question in after_visit().items():
            self.fields[key] = forms.CharField(
                label=question.question[language],
                help_text=question.aside[language],
                required=False,
                max_length=LONGEST_ANSWER,
                widget=forms.Textarea(attrs={"class": "notebook", "rows": 5}),
            )

    @property
    def answers(self) -> dict[str, str]:
        return {key: self.cleaned_data[key] for key in after_visit()}


class RoomForm(forms.Form):
    """Who was in the room: the family's caregivers, and others by name, one a line."""

    caregivers = forms.MultipleChoiceField(
        label=_("Of the family"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "chips"}),
    )
    others = forms.CharField(
        label=_("Other adults"),
        help_text=_("One on each line: a neighbor, an aunt, another visitor, the interpreter."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.id): one for one in visit.family.caregivers.all() if not one.left_on}
        self.fields["caregivers"].choices = [(id, one.name) for id, one in self.known.items()]  # type: ignore[attr-defined]

    @property
    def adults(self) -> list[Adult]:
        told = [Adult(self.known[id]) for id in self.cleaned_data["caregivers"]]
        lines = self.cleaned_data["others"].splitlines()
        return told + [Adult(named=line.strip()) for line in lines if line.strip()]


class ConversationForm(forms.Form):
    """What was said: a file of any format that Apego reads, or pasted words."""

    file = forms.FileField(
        label=_("A file"),
        help_text=_("WebVTT, SRT, Word, plain text, CSV, whisperX, CHAT, ELAN, Praat or LENA; up to 5 MB."),
        required=False,
        allow_empty_file=True,  # the reader says what is wrong with it
    )
    pasted = forms.CharField(
        label=_("Or paste it here"),
        help_text=_(
            "A line for what each person said, with the name before it. What somebody did goes in brackets: [laughs]."
        ),
        required=False,
        widget=forms.Textarea(attrs={"class": "notebook", "rows": 8}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        file, pasted = cleaned.get("file"), cleaned.get("pasted", "")
        if file and pasted:
            raise forms.ValidationError(_("Choose one of the two: a file, or pasted words."))
        if not file and not pasted and not self.errors:
            raise forms.ValidationError(_("Choose a file, or paste the words."))
        if self.errors:
            return cleaned
        field, name = ("file", file.name) if file else ("pasted", gettext("What you pasted"))
        size = file.size if file else len(pasted.encode())
        try:
            if size > LARGEST_MB * 1_000_000:
                raise TranscriptUnreadable("transcripts.too-large", name=name, limit=LARGEST_MB)
            cleaned["said"] = read_data(file.read() if file else pasted.encode(), name)
        except TranscriptUnreadable as unreadable:
            self.add_error(field, say(unreadable.code, page_language(), **unreadable.slots))
        return cleaned


class SpeakersForm(forms.Form):
    """Who is who. What was guessed is chosen beforehand, with its reason beside it."""

    def __init__(self, *args: Any, cast: Cast, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = page_language()
        self.speakers: Sequence[str] = cast.transcript.speakers
        # A name comes out of a file, and a help text is shown as it is.
        guesses = {one.speaker: escape(one.told(language)) for one in cast.guessed}
        roles = {turn.speaker: turn.role for turn in cast.transcript.turns}
        for number, speaker in enumerate(self.speakers):
            self.fields[f"speaker_{number}"] = forms.ChoiceField(
                label=speaker or say("transcripts.unnamed", language),
                help_text=guesses.get(speaker, ""),
                choices=[(role.value, say(f"transcripts.role-{role}", language)) for role in Role],
                initial=roles[speaker].value,
                widget=forms.RadioSelect(attrs={"class": "chips"}),
            )

    @property
    def cast(self) -> dict[str, Role]:
        return {
            name: Role(self.cleaned_data[f"speaker_{number}"]) for number, name in enumerate(self.speakers)
        }


class OwnAnswerForm(forms.Form):
    words = forms.CharField(
        label=_("A few words of yours"),
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)


class FocusForm(forms.Form):
    """A focus: one of the practices, or her own words."""

    practice = forms.ChoiceField(
        label=_("Something to be curious about"),
        required=False,
        choices=focuses,
        widget=forms.RadioSelect(attrs={"class": "cards"}),
    )
    words = forms.CharField(
        label=_("In your own words"),
        help_text=_("Instead of one of these, or beside it."),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("practice") and not cleaned.get("words"):
            raise forms.ValidationError(_("Choose one of them, or write your own."))
        return cleaned
