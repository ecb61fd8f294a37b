from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from apego.records import access
from apego.records.actions import focus
from apego.records.actions.acting import NotPossible
from apego.records.models import Focus, Person
from apego.records.reflecting import focus_of, focuses_before
from tests.people import NOW


def test_one_focus_at_a_time(visitor: Person) -> None:
    first = focus.choose(id=uuid4(), practice="listen", by=visitor, at=NOW)
    second = focus.choose(id=uuid4(), words="Esperar más.", by=visitor, at=NOW + timedelta(1))
    assert focus_of(visitor) == second
    assert list(focuses_before(visitor)) == [first]


def test_the_same_choice_sent_twice_is_one(visitor: Person) -> None:
    same = uuid4()
    for _ in range(2):
        focus.choose(id=same, practice="listen", by=visitor, at=NOW)
    assert Focus.objects.get().until is None


@pytest.mark.parametrize("told", [{}, {"words": "  "}, {"practice": "scolding"}])
def test_a_focus_is_a_practice_or_her_words(visitor: Person, told: dict[str, str]) -> None:
    with pytest.raises(NotPossible, match="no-focus"):
        focus.choose(id=uuid4(), by=visitor, at=NOW, **told)


def test_it_can_be_laid_down(visitor: Person) -> None:
    chosen = focus.choose(id=uuid4(), practice="listen", by=visitor, at=NOW)
    focus.lay_down(focus=chosen, by=visitor, at=NOW)
    assert focus_of(visitor) is None


def test_nobody_else_sees_it(
    visitor: Person, second_visitor: Person, supervisor: Person, coordinator: Person
) -> None:
    focus.choose(id=uuid4(), practice="listen", by=visitor, at=NOW)
    for other in (second_visitor, supervisor, coordinator):
        assert not access.visible(other, Focus).exists()
