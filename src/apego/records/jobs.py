"""Work that takes longer than a page may: done by the worker, apart from the pages.

A job is called with ids and tells nothing in words: what goes wrong becomes a code on the record, and in the
log of the server a kind of error and a place in the code. A job that dies in the middle leaves its record
where it stood; the visitor sees that and may have it done again.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from apego import __version__
from apego.listening import reflection as listened
from apego.listening.pages.document import SCHEMA_VERSION, document, reader_hash
from apego.listening.pages.fragment import fragment
from apego.listening.telling import Page, tell
from apego.practice.content import LANGUAGES, Language
from apego.records.models import Reflection, Transcript
from apego.records.transcripts import words_of

KEPT_FOR = timedelta(days=1)  # a finished row of the queue; it holds ids and times

log = logging.getLogger(__name__)


@task()
def reflect(reflection_id: str) -> None:
    """Read a conversation and keep what was found. Does nothing where that was done, or is being done."""
    prune()
    id = UUID(reflection_id)
    claimed = Reflection.objects.filter(id=id, state=Reflection.State.WAITING)
    if not claimed.update(state=Reflection.State.READING, progress=5, moved_at=timezone.now()):
        return
    transcript = Transcript.objects.get(reflections=id)
    try:
        found = _found(id, transcript)
        _move(id, state=Reflection.State.DONE, progress=100, done_at=timezone.now(), **found)
    except Exception:
        # Whatever it is, the visitor gets a page that says so, and the queue no traceback with words.
        log.exception("A conversation could not be read: reflection %s", id)
        _move(id, state=Reflection.State.FAILED, trouble="broke")


def prune() -> None:
    """Forget the rows of the queue that are done."""
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT_FOR).delete()


def _found(id: UUID, transcript: Transcript) -> dict[str, Any]:
    said = words_of(transcript)
    _move(id, progress=15)
    reflection = listened.reflect(said, transcript.child_months)
    _move(id, progress=80)
    told = {language: _told(reflection, transcript, language) for language in LANGUAGES}
    own: Language = "es" if transcript.by.language == "es" else "en"
    return {
        "pages": {language: fragment(page) for language, page in told.items()},
        "document": document(reflection, told[own]),
        "apego_version": __version__,
        "reader_hash": reader_hash(),
        "schema_version": SCHEMA_VERSION,
    }


def _told(reflection: listened.Reflection, transcript: Transcript, language: Language) -> Page:
    """Tell it as the product's page: which day it was rather than the name of a file."""
    with translation.override(language):
        day = date_format(transcript.on, _("F j, Y"))
        private = _("It was read on this program's own machines and sent to nobody.")
    return replace(tell(reflection, language), source=day, private=private)


def _move(id: UUID, **facts: Any) -> None:
    """Write where the reading stands. One that was given up meanwhile, and begun anew, is not written over."""
    reading = Reflection.objects.filter(id=id, state=Reflection.State.READING)
    reading.update(moved_at=timezone.now(), **facts)
