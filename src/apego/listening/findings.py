"""What was found in a conversation: a sentence of content, and the words that it stands on."""

from __future__ import annotations

from dataclasses import dataclass, field

from apego.listening.conversation import Quote


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing told, always with the words that it was found in.

    `kind` is a key of content/sentences/reflection.toml; `people` fills its slots with
    speakers as the transcript names them (`{"parent": "Luz", "child": "Teo"}`).
    """

    kind: str
    quotes: tuple[Quote, ...]
    people: dict[str, str] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The turn at which it begins, for telling things in the order they came."""
        return min(quote.first for quote in self.quotes)


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Give findings in the order in which they came in the conversation."""
    return tuple(sorted(findings, key=lambda finding: finding.first))
