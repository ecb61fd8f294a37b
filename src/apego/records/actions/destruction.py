"""A family's record, or a conversation, is destroyed: by the program's schedule, or for a lawful request."""

from __future__ import annotations

from datetime import datetime

from apego.records import destruction
from apego.records.actions.acting import NotPossible, action, locked
from apego.records.models import Family, Person, Transcript


@action
def destroy(*, family: Family, by: Person | None, at: datetime) -> Family:
    """Destroy everything of a family. What stays is the proof (`Destroyed`) and the log: ids, never words.

    `by` is nobody where the schedule does it. Raises NotPossible under a legal hold, and while a parent's
    request waits: what was asked for is not destroyed before it was seen.
    """
    family = locked(family)
    _must_be_free(family)
    destruction.destroy(family, by=by, at=at)
    return family


@action
def destroy_transcript(*, transcript: Transcript, by: Person | None, at: datetime) -> Transcript:
    """Destroy a conversation and everything that quotes it."""
    _must_be_free(locked(transcript.family))
    destruction.destroy(locked(transcript), by=by, at=at)
    return transcript


def _must_be_free(family: Family) -> None:
    if held_back := destruction.held_back(family):
        raise NotPossible(held_back)
