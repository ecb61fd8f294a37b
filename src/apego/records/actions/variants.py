"""Two edits of one thing: the first stands, the second is kept beside it, and a person decides.

Every action that edits goes through `edit`. It says which version it has seen; where somebody has edited
since, what it wanted to write becomes a Variant. Nothing is overwritten and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import F

from apego.records.actions.acting import NotPossible, action, locked
from apego.records.log import family_of
from apego.records.models import Person, Variant, Versioned

Thing = TypeVar("Thing", bound=Versioned)
Choice = Literal["this", "other", "both"]


def edit(
    thing: Thing, *, base_version: int, changes: Mapping[str, Any], by: Person, at: datetime
) -> Thing | Variant:
    """Write the changes, or keep them as a variant where somebody has edited since `base_version`.

    Writing what stands already is no edit. One statement decides, so that of two who save at once exactly
    one is first. Many-to-many fields take a list of records. Called by actions, inside their transaction.
    """
    now = locked(thing)
    told = {name: _told(now, name, value) for name, value in changes.items()}
    if all(_told(now, name, _standing(now, name)) == value for name, value in told.items()):
        return now
    if now.version != base_version:
        return Variant.objects.create(
            family_id=family_of(now),
            kind=now._meta.model_name or "",
            thing=now.pk,
            base_version=base_version if 0 <= base_version < now.version else 0,  # a device may send anything
            content=told,
            by=by,
            at=at,
            made_at=at,
        )
    _write(now, changes)
    return now


@action
def settle(*, variant: Variant, choice: Choice, by: Person, at: datetime) -> Variant:
    """Decide: `this` writes the variant over what stands, `other` leaves what stands, `both` joins the words."""
    variant = locked(variant)
    if variant.settled_at:
        return variant
    if choice != "other":
        now = locked(thing_of(variant))
        _write(now, {name: _chosen(now, name, value, choice) for name, value in variant.content.items()})
    variant.settled_at, variant.settled_by = at, by
    variant.save(update_fields=["settled_at", "settled_by"])
    return variant


def thing_of(variant: Variant) -> Versioned:
    """Give the record that a variant is an edit of, as it stands. Raises NotPossible where it is gone."""
    kind = apps.get_model("records", variant.kind)
    found = kind._default_manager.filter(pk=variant.thing).first()
    if not isinstance(found, Versioned):
        raise NotPossible("gone-meanwhile")
    return found


def _field(thing: models.Model, name: str) -> Any:
    return thing._meta.get_field(name)


def _standing(thing: models.Model, name: str) -> Any:
    value = getattr(thing, name)
    return list(value.all()) if _field(thing, name).many_to_many else value


def _told(thing: models.Model, name: str, value: Any) -> Any:
    """Give a value as it can be kept in JSON and laid beside another."""
    field = _field(thing, name)
    if field.many_to_many:
        return sorted(str(one.pk) for one in value)
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, list | dict | bool | int) or value is None:
        return value
    return str(value)


def _write(now: Versioned, changes: Mapping[str, Any]) -> None:
    plain = {name: value for name, value in changes.items() if not _field(now, name).many_to_many}
    type(now)._default_manager.filter(pk=now.pk).update(version=F("version") + 1, **plain)
    for name in changes.keys() - plain.keys():
        getattr(now, name).set(changes[name])
    now.refresh_from_db()


def _chosen(now: Versioned, name: str, value: Any, choice: Choice) -> Any:
    field = _field(now, name)
    if choice == "both" and isinstance(value, list) and not field.many_to_many:
        standing = getattr(now, name) or []
        return [*standing, *(each for each in value if each not in standing)]
    if choice == "both" and isinstance(field, models.TextField) and isinstance(value, str):
        standing = getattr(now, name)
        if not value:
            return standing
        return value if not standing or standing in value else f"{standing}\n\n{value}"
    if field.many_to_many:
        kept = (
            {str(pk) for pk in getattr(now, name).values_list("pk", flat=True)} if choice == "both" else set()
        )
        return list(field.related_model._default_manager.filter(pk__in=kept | set(value)))
    if isinstance(field, models.ForeignKey):
        return field.related_model._default_manager.filter(pk=value).first() if value else None
    return field.to_python(value)
