"""What must hold for every model, so that a new one cannot be forgotten."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import connection, models

from apego.records.access import RULES
from apego.records.models import Delivery, Family, Kept, Person, Visit
from apego.records.sealed import SealedText

MODELS = list(apps.get_app_config("records").get_models())
# Texts that are no words of or about a family: codes of content, ids, the program's own name, sign-in names.
CODES = {
    "AnnualNotice.how", "AnnualNotice.language", "Assignment.kind", "CalendarAddress.token_hash",
    "Caregiver.birthday", "Caregiver.language", "Caregiver.reads", "Caregiver.relation", "Child.language",
    "Consent.how", "Consent.language", "Consent.purpose", "Contact.how", "Credit.kind", "Credit.language",
    "Delivery.answer", "Delivery.digest", "Destroyed.kind", "Destroyed.rows", "Disclosure.basis",
    "Draft.place", "Family.home_languages", "Family.option", "Family.words_language", "Focus.practice",
    "Invitation.token_hash", "LessonAnswer.exercise", "LessonAnswer.language", "LessonAnswer.lesson",
    "Letter.language", "Line.kind", "Line.verb", "Mark.kind", "Mark.lesson", "Moment.capacities",
    "Moment.domains", "Moment.goals", "Moment.kinds", "Moment.language", "Moment.left_as_is",
    "Moment.parent_language", "Occasion.day", "Occasion.kind", "ParentRequest.answer", "ParentRequest.kind",
    "Person.language", "Person.login", "Person.password", "Person.role", "Plan.invitations",
    "Plan.questions", "Program.form", "Program.name", "Program.time_zone", "Progress.lesson",
    "Progress.part", "Reflection.apego_version", "Reflection.reader_hash", "Reflection.state",
    "Reflection.trouble", "Said.language", "Said.topic", "Signature.how", "Socialization.start_from",
    "Socialization.status", "Support.area", "Support.kind", "Support.step", "Variant.kind",
    "Visit.languages", "Visit.place", "Visit.reason", "Visit.status", "VisitPart.part",
}  # fmt: skip
TEXTS = (models.CharField, models.TextField, models.JSONField)


def test_every_text_is_sealed_or_a_code() -> None:
    open_texts = {
        f"{model.__name__}.{field.name}"
        for model in MODELS
        for field in model._meta.get_fields()
        if isinstance(field, TEXTS) and not isinstance(field, SealedText) and field.remote_field is None
    }
    assert open_texts == CODES


def test_every_model_that_a_page_can_show_has_a_rule() -> None:
    assert {model for model in MODELS if model is not Delivery} == set(RULES)


@pytest.mark.parametrize(
    "model", [model for model in MODELS if issubclass(model, Kept)], ids=lambda m: m.__name__
)
def test_every_path_to_the_family_leads_there(model: type[Kept], db: None) -> None:
    if model.FAMILY:
        assert not model._default_manager.filter(**{model.FAMILY: uuid4()}).exists()


def test_a_record_with_a_family_in_reach_says_so() -> None:
    """A foreign key to Family without a FAMILY path would be missed by destruction and export."""
    for model in MODELS:
        keys = [field for field in model._meta.fields if field.related_model is Family]
        if keys:
            assert getattr(model, "FAMILY", ""), model.__name__


def test_a_familys_name_is_unreadable_in_the_database(family: Family) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM records_family")
        [(kept,)] = cursor.fetchall()
    assert "Ortega" not in kept
    assert Family.objects.get().name == "Ortega Ruiz"


def test_no_database_can_look_inside_a_sealed_field(db: None) -> None:
    with pytest.raises(FieldError, match="sealed"):
        Family.objects.filter(name="Ortega Ruiz").exists()


def test_what_a_record_calls_itself_in_a_log_holds_no_words(
    family: Family, visit: Visit, visitor: Person
) -> None:
    assert "Ortega" not in f"{family} {family!r} {visit} {visit!r}"
