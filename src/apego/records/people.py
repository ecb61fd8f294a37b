"""Questions about the people of the program: who is there, whose link still opens, what is still somebody's.

What is done to people stands in `actions/people.py`.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.apps import apps
from django.db.models import Model, Prefetch, QuerySet

from apego.records import access
from apego.records.models import Family, Invitation, Person, Role

# In the order in which a page lists them: the office first, as on a program's own list of staff.
ROLES = (Role.COORDINATOR, Role.SUPERVISOR, Role.VISITOR)


def fresh_token() -> str:
    """Give the secret part of a one-time link. It is handed over once and kept only as its hash."""
    return secrets.token_urlsafe(24)


def hash_of(token: str) -> str:
    """Give what is kept of a token. No salt: 192 random bits are no password that somebody could guess."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_invitation(token: str, at: datetime) -> Invitation | None:
    """Give the invitation that a link opens, or None where it was used, taken back, or is too old."""
    return (
        Invitation.objects.select_related("person")
        .filter(token_hash=hash_of(token), used_at=None, expires_at__gt=at, person__is_active=True)
        .first()
    )


def staff(by: Person, at: datetime) -> list[Person]:
    """Give the people whom somebody may see, by name, each with her supervisor and her open links."""
    open_links = Invitation.objects.filter(used_at=None, expires_at__gt=at)
    found = access.visible(by, Person).select_related("supervisor")
    return by_name(found.prefetch_related(Prefetch("invitations", queryset=open_links, to_attr="open_links")))


def by_name(people: Iterable[Person]) -> list[Person]:
    """Names are sealed, so no database can order them."""
    return sorted(people, key=lambda person: person.name.casefold())


def by_role(people: Sequence[Person]) -> list[tuple[Role, list[Person]]]:
    """Give people in groups, a group for each role that somebody has."""
    groups = [(role, [person for person in people if person.role == role]) for role in ROLES]
    return [(role, group) for role, group in groups if group]


def demo_people() -> list[Person]:
    """Give everybody who could sign in, for the demo's door. Only the demo's pages may ask this."""
    return by_name(Person.objects.filter(is_active=True))


def supervisors() -> list[Person]:
    """Give the supervisors a visitor can have."""
    return by_name(Person.objects.filter(role=Role.SUPERVISOR, is_active=True))


def still_theirs(person: Person) -> list[Family]:
    """Give the families that a visitor is with now: they need somebody before she leaves."""
    if not person.is_visitor:
        return []
    return sorted(access.families_of(person), key=lambda family: family.name.casefold())


def still_supervised(person: Person) -> list[Person]:
    """Give the visitors who look to this person: they need another supervisor before she leaves."""
    return by_name(person.supervised.filter(is_active=True))


def keys_of(person: Person) -> QuerySet[Model]:
    """Give a person's passkeys, authenticator and recovery codes. The part that signs people in keeps them."""
    found: QuerySet[Model] = apps.get_model("mfa", "Authenticator")._default_manager.filter(user=person)
    return found


def sessions_of(person: Person) -> QuerySet[Model]:
    """Give where a person is signed in, each with the key of its session."""
    found: QuerySet[Model] = apps.get_model("usersessions", "UserSession")._default_manager.filter(
        user=person
    )
    return found
