"""Small invented conversations for tests, with the labels heard in them given rather than read."""

from __future__ import annotations

from apego.listening.conversation import Conversation
from apego.listening.formats.marks import marks_of
from apego.listening.reader import Reading, Reason
from apego.listening.transcript import Role, Transcript, Turn

PEOPLE = {"Ana": Role.VISITOR, "Luz": Role.PARENT, "Omar": Role.PARENT, "Teo": Role.CHILD}

# What somebody says, from and to which second (None where there are no times), and the labels heard.
Line = tuple[str, str] | tuple[str, str, float, float] | tuple[str, str, float, float, str]


def conversation(*lines: Line) -> Conversation:
    """Give a conversation from lines like ("Ana", "What happened next?", 3, 5, "open_question")."""
    turns, readings = [], []
    for number, line in enumerate(lines, 1):
        speaker, text = line[:2]
        start, end = (None, None) if len(line) == 2 else (_ms(line[2]), _ms(line[3]))
        turns.append(Turn(speaker, text, PEOPLE[speaker], start, end, marks=marks_of(text), line=number))
        readings.append(_reading(text, tuple(line[4].split()) if len(line) == 5 else ()))
    return Conversation(Transcript(tuple(turns), "made.vtt"), tuple(readings))


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


def _reading(text: str, labels: tuple[str, ...]) -> Reading:
    reasons = tuple(Reason(label, 0, len(text), ()) for label in labels)
    return Reading(labels, dict.fromkeys(labels, 0.9), reasons, sure=labels)
