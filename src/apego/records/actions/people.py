"""What is done to people: invited, let in, changed, given a new link, sent away. Programs: `actions/programs.py`.

Nobody's password is known to anybody else. A coordinator hands over a one-time link; who opens it sets her own.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.sessions.models import Session

from apego.records.actions.acting import NotPossible, action, locked
from apego.records.models import Invitation, Person, Role
from apego.records.people import hash_of, keys_of, sessions_of, still_supervised, still_theirs

LINK_DAYS = 3  # handed over in person or on the phone; long enough for a weekend


@action
def invite(
    *,
    id: UUID,
    login: str,
    name: str,
    role: Role,
    language: str,
    supervisor: Person | None = None,
    by: Person | None,
    at: datetime,
) -> Person:
    """Add a person to the program. She cannot sign in before she has opened a link (`offer_link`)."""
    _check_supervisor(role, supervisor)
    person = Person.objects.filter(id=id).first()
    if person:
        return person
    login = login.strip().lower()
    if Person.objects.filter(login=login).exists():
        raise NotPossible("login-taken")
    person = Person(
        id=id, login=login, name=name, role=role, supervisor=supervisor, language=language, made_at=at
    )
    person.set_unusable_password()
    person.save(force_insert=True)
    return person


@action
def offer_link(*, person: Person, token: str, by: Person | None, at: datetime) -> Invitation:
    """Make the one link by which a person may set a password. Links that were made before open no more."""
    if not person.is_active:
        raise NotPossible("person-left")
    person.invitations.filter(used_at=None, expires_at__gt=at).update(expires_at=at)
    return Invitation.objects.create(
        person=person,
        token_hash=hash_of(token),
        made_by=by,
        expires_at=at + timedelta(days=LINK_DAYS),
        made_at=at,
    )


@action
def accept(*, invitation: Invitation, password: str, by: Person, at: datetime) -> Person:
    """Open a link: set the password, once. Sessions under an older password end by it.

    A passkey or an authenticator stays: who has found somebody's link has not got her phone.
    """
    invitation = locked(invitation)
    if invitation.used_at or invitation.expires_at <= at or not invitation.person.is_active:
        raise NotPossible("link-over")
    invitation.used_at = at
    invitation.save(update_fields=["used_at"])
    person = locked(invitation.person)
    person.set_password(password)
    person.save(update_fields=["password"])
    _end_sessions(person)
    return person


@action
def take_keys_back(*, person: Person, by: Person | None, at: datetime) -> Person:
    """Where a phone is lost or a password known: every session ends, and no key opens. She needs a new link."""
    person = locked(person)
    _take_back(person)
    return person


@action
def change(
    *,
    person: Person,
    name: str,
    role: Role,
    supervisor: Person | None,
    language: str,
    by: Person,
    at: datetime,
) -> Person:
    """Change what a coordinator decides about a person. Nobody changes her own role: one coordinator stays."""
    _check_supervisor(role, supervisor)
    person = locked(person)
    if role != person.role:
        _check_leaves(person, by)
        if still_theirs(person):
            raise NotPossible("still-visits")
        if still_supervised(person):
            raise NotPossible("still-supervises")
    person.name, person.role, person.supervisor, person.language = name, role, supervisor, language
    person.save(update_fields=["name", "role", "supervisor", "language"])
    return person


@action
def change_own(*, name: str, language: str, by: Person, at: datetime) -> Person:
    """Change one's own name and language."""
    person = Person.objects.select_for_update().get(pk=by.pk)
    person.name, person.language = name, language
    person.save(update_fields=["name", "language"])
    return person


@action
def deactivate(*, person: Person, by: Person, at: datetime) -> Person:
    """End a person's access now. Her name stays on what she wrote; her families wait for a hand-over."""
    person = locked(person)
    _check_leaves(person, by)
    person.is_active = False
    person.save(update_fields=["is_active"])
    person.invitations.filter(used_at=None, expires_at__gt=at).update(expires_at=at)
    _take_back(person)
    return person


@action
def welcome_back(*, person: Person, by: Person, at: datetime) -> Person:
    """Let a person in again who had left. She needs a new link."""
    person = locked(person)
    person.is_active = True
    person.save(update_fields=["is_active"])
    return person


def _check_supervisor(role: Role, supervisor: Person | None) -> None:
    if supervisor and (role != Role.VISITOR or not supervisor.is_supervisor or not supervisor.is_active):
        raise NotPossible("not-her-supervisor")


def _check_leaves(person: Person, by: Person) -> None:
    """Two coordinators who send each other away at the same moment would leave nobody: one of them is first."""
    coordinators = Person.objects.select_for_update().filter(role=Role.COORDINATOR, is_active=True)
    remaining = {one.id for one in coordinators.order_by("made_at")}
    if person.id == by.id:
        raise NotPossible("not-yourself")
    if by.id not in remaining:
        raise NotPossible("gone-meanwhile")


def _take_back(person: Person) -> None:
    person.set_unusable_password()
    person.save(update_fields=["password"])
    keys_of(person).delete()
    _end_sessions(person)


def _end_sessions(person: Person) -> None:
    kept = sessions_of(person)
    Session.objects.filter(session_key__in=list(kept.values_list("session_key", flat=True))).delete()
    kept.delete()
