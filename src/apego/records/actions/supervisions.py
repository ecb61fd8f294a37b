"""Sessions of reflective supervision: noted, and written anew by either of the two. Nobody is rated here."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from apego.records.actions.acting import NotPossible, action
from apego.records.actions.variants import edit
from apego.records.models import Person, Supervision, Variant


@action
def note(
    *, id: UUID, visitor: Person, on: datetime, notes: str, agreements: str, by: Person, at: datetime
) -> Supervision:
    """Note a session of a visitor with her supervisor; one that lies ahead is a session that is planned.

    Either of the two may begin it, and it is open to both and to nobody else.
    """
    supervisor = visitor.supervisor
    if supervisor is None:
        raise NotPossible("no-supervisor-yet")
    if by not in (visitor, supervisor):
        raise NotPossible("not-your-session")
    session, _ = Supervision.objects.get_or_create(
        id=id,
        defaults={
            "supervisor": supervisor,
            "visitor": visitor,
            "at": on,
            "notes": notes,
            "agreements": agreements,
            "made_at": at,
        },
    )
    if session.visitor_id != visitor.pk:
        raise NotPossible("not-your-session")
    return session


@action
def change(
    *,
    session: Supervision,
    base_version: int,
    on: datetime,
    notes: str,
    agreements: str,
    by: Person,
    at: datetime,
) -> Supervision | Variant:
    """Write a session anew. Where the other was faster, both wordings are kept and the two decide."""
    if by.pk not in (session.visitor_id, session.supervisor_id):
        raise NotPossible("not-your-session")
    changes = {"at": on, "notes": notes, "agreements": agreements}
    return edit(session, base_version=base_version, changes=changes, by=by, at=at)
