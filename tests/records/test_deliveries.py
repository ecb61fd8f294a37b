from __future__ import annotations

from uuid import uuid4

import pytest

from apego.records.deliveries import AnotherContent, once
from apego.records.models import Delivery, Person
from tests.people import NOW


def test_the_same_form_sent_twice_is_done_once(visitor: Person) -> None:
    key, done = uuid4(), []

    def do() -> str:
        done.append("done")
        return "/en/there/"

    answers = [once(key=key, digest="d", by=visitor, at=NOW, do=do) for _ in range(3)]
    assert answers == ["/en/there/"] * 3
    assert done == ["done"]


def test_the_same_key_with_other_words_is_told_and_changes_nothing(visitor: Person) -> None:
    key = uuid4()
    once(key=key, digest="one", by=visitor, at=NOW, do=lambda: "/en/first/")
    with pytest.raises(AnotherContent) as told:
        once(key=key, digest="other", by=visitor, at=NOW, do=lambda: "/en/second/")
    assert told.value.answer == "/en/first/"


def test_the_key_of_another_person_opens_nothing(visitor: Person, stranger: Person) -> None:
    key = uuid4()
    once(key=key, digest="d", by=visitor, at=NOW, do=lambda: "/en/first/")
    with pytest.raises(AnotherContent):
        once(key=key, digest="d", by=stranger, at=NOW, do=lambda: "/en/second/")


def test_what_failed_may_be_sent_again(visitor: Person) -> None:
    key = uuid4()

    def fail() -> str:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        once(key=key, digest="d", by=visitor, at=NOW, do=fail)
    assert not Delivery.objects.exists()
    assert once(key=key, digest="d", by=visitor, at=NOW, do=lambda: "/en/there/") == "/en/there/"
