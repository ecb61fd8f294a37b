"""A family with one record of every kind, for tests of what happens to all of a family's records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import connection
from django.db.models import Model

from apego.records.models import (
    Addendum,
    AfterVisit,
    AnnualNotice,
    Attendance,
    Caregiver,
    Contact,
    Credit,
    Delivery,
    Disclosure,
    Draft,
    Family,
    Focus,
    Hold,
    Kept,
    Letter,
    Memento,
    Moment,
    Occasion,
    Opening,
    OwnAnswer,
    ParentRequest,
    Person,
    Plan,
    SafetyNote,
    Said,
    Series,
    Signature,
    Socialization,
    Support,
    Variant,
    Visit,
    VisitPart,
)
from apego.records.sealed import SealedJSON, SealedText
from tests.people import NOW, TODAY
from tests.talk import reflected

BEFORE = NOW - timedelta(days=30)


def of_a_family() -> list[type[Kept]]:
    """Every model whose rows belong to a family."""
    return [model for model in apps.get_models() if issubclass(model, Kept) and model.FAMILY]


def rows_of(family: Family) -> Iterator[Model]:
    for model in of_a_family():
        yield from model._default_manager.filter(**{model.FAMILY: family.pk})


def everything_of(visit: Visit, visitor: Person, coordinator: Person) -> None:
    """Make one record of every kind for the family of a visit; nothing holds it back."""
    family, mother, child = visit.family, visit.family.caregivers.all()[0], visit.family.children.all()[0]
    visit.children.add(child)
    visit.caregivers.add(mother)
    reflection = reflected(visit, visitor)
    by: dict[str, Any] = {"by": visitor}
    of: dict[str, Any] = {"family": family}
    Series.objects.create(visitor=visitor, weekday=0, time="10:00", since=TODAY, **of)
    VisitPart.objects.create(visit=visit, part="tried", words="Probó la canción.", **by)
    Plan.objects.create(visit=visit, hope="Dormir.", **by).made_with.add(mother)
    Moment.objects.create(
        visit=visit, at=NOW, words="Inés gateó hacia Rosa.", language="es", **of, **by
    ).children.add(child)
    Credit.objects.create(visit=visit, caregiver=mother, words="Usted esperó.", language="es", **by)
    Signature.objects.create(visit=visit, caregiver=mother, how="paper", seen_by=visitor, at=NOW)
    Addendum.objects.create(visit=visit, words="Fue el martes.", at=NOW, **by)
    Letter.objects.create(visit=visit, caregiver=mother, language="es", words="Querida Rosa", **by)
    gathering = Socialization.objects.create(at=NOW, place="Library")
    gathering.planned_with.add(mother)
    Attendance.objects.create(socialization=gathering, **of).caregivers.add(mother)
    occasion = Occasion.objects.create(day="05-10", kind="", what="El santo", caregiver=mother, **of)
    Memento.objects.create(on=TODAY, words="Una foto", occasion=occasion, **of, **by)
    Contact.objects.create(at=NOW, how="call", caregiver=mother, words="Llamó.", **of, **by)
    Support.objects.create(caregiver=mother, on=TODAY, area="sleep", words="Cansada.", **of, **by)
    SafetyNote.objects.create(at=NOW, words="“No puedo hablar.”", **of, **by).in_bundle_for.add(mother)
    Said.objects.create(topic="report", language="spa", on=TODAY, **of, **by)
    Draft.objects.create(
        person=visitor, place=f"visit:{visit.id}", content={"words": "Casi"}, saved_at=NOW, **of
    )
    Variant.objects.create(
        kind="visit", thing=visit.id, base_version=1, content={"place": "home"}, at=NOW, **of, **by
    )
    request = ParentRequest.objects.create(
        caregiver=mother, kind="inspect", words="Quiero leerlo.", received_on=TODAY, due_on=TODAY, answer="granted",
        answered_on=TODAY, by=coordinator, **of
    )  # fmt: skip
    Disclosure.objects.create(at=NOW, by=coordinator, party="Clinic", basis="court", what="Plan", **of)
    AnnualNotice.objects.create(on=TODAY, language="es", how="paper", **of, **by)
    Hold.objects.create(reason="Court", by=coordinator, since=NOW, lifted_at=NOW, lifted_by=coordinator, **of)
    Opening.objects.create(
        person=coordinator, reason="She asked", request=request, at=BEFORE, until=BEFORE, **of
    )
    AfterVisit.objects.create(visit=visit, by=visitor, answers={"stayed": "Su risa"})
    OwnAnswer.objects.create(reflection=reflection, by=visitor, words="Me quedé callada.")
    # What names the family without hanging on it.
    Draft.objects.create(
        person=visitor, place=f"after:{visit.id}", content={"stayed": "Su risa"}, saved_at=NOW
    )
    Delivery.objects.create(
        key=uuid4(), person=visitor.id, digest="", answer=f"/en/visits/{visit.id}/", at=NOW
    )
    Delivery.objects.create(key=mother.id, person=visitor.id, digest="", answer="/en/families/", at=NOW)
    Focus.objects.create(person=visitor, practice="listen")


def fill_with(word: str, family: Family) -> None:
    """Put a word into everything of the family's that holds words."""
    for row in rows_of(family):
        for field in row._meta.concrete_fields:
            if isinstance(field, SealedJSON):
                setattr(row, field.attname, {"words": word})
            elif isinstance(field, SealedText):
                setattr(row, field.attname, word)
        row.save()


def second_adult(family: Family, name: str = "Óscar", **facts: Any) -> Caregiver:
    return Caregiver.objects.create(family=family, name=name, relation="father", made_at=NOW, **facts)


def every_table() -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Every row of every table of the database, opened where it is sealed."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    for model in apps.get_models(include_auto_created=True):
        tables = [name for name in tables if name != model._meta.db_table]
        for row in model._base_manager.all():
            yield (
                model._meta.db_table,
                tuple(field.value_from_object(row) for field in model._meta.concrete_fields),
            )
    for table in tables:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor.fetchall():
                yield table, row
