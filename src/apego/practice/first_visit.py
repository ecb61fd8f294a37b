"""The guide of a first visit: what a family hears about the visitor, the work, and its own rights.

Each topic is said or not yet said, which is kept elsewhere. Words for every other visit are the
subject of `apego.practice.questions`; consents to sign, of `apego.practice.consents`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from apego.practice.content import Language, Text, load
from apego.practice.content.entries import named, text_if_any, text_under
from apego.practice.sources import Source, cited


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing a family hears: why, a way to say it, and (where there is one) a question after it."""

    id: str
    name: Text
    why: Text
    say: Text
    ask: Text | None
    sources: tuple[Source, ...]

    def said_by(self, visitor: str, language: Language) -> str:
        """Give a way to say it, as this visitor would; without a name, with a gap for one.

        >>> topic("who_i_am").said_by("", "en")[:14]
        "I'm …, I visit"
        """
        return self.say[language].format(visitor=visitor or "…")


@cache
def topics() -> dict[str, Topic]:
    """Give the topics by their permanent id, in the order in which they are said.

    The duty to report stands before the hopes, so that nobody tells first and hears of it afterwards.

        >>> list(topics())
        ['who_i_am', 'what_we_do', 'confidential', 'duty_to_report', 'your_hopes', 'rights']
    """
    return {topic_id: _topic(topic_id, entry) for topic_id, entry in load("first_visit").items()}


def topic(topic_id: str) -> Topic:
    """Give one topic. Raises ContentError when there is none of that id."""
    return named(topics(), topic_id, "first_visit")


def _topic(topic_id: str, entry: Mapping[str, Any]) -> Topic:
    where = f"first_visit: {topic_id}"
    return Topic(
        id=topic_id,
        name=text_under(entry, "name", where),
        why=text_under(entry, "why", where),
        say=text_under(entry, "say", where),
        ask=text_if_any(entry, "ask", where),
        sources=cited(entry, where),
    )
