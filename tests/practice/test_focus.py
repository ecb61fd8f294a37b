"""A focus grows from what was found, and both are known elsewhere by the same names."""

from __future__ import annotations

import pytest

from apego.practice.focus import beside, grows_from
from apego.practice.practices import practices
from apego.practice.sentences import sentences


@pytest.mark.parametrize("kind", grows_from())
def test_what_it_grows_from_is_something_a_reflection_can_say(kind: str) -> None:
    assert kind in sentences("reflection")


@pytest.mark.parametrize("practice", sorted({*grows_from().values()} | set(beside("listen"))))
def test_it_can_be_said_and_is_not_offered_beside_itself(practice: str) -> None:
    assert practice in practices()
    assert f"focus-{practice.replace('_', '-')}" in sentences("reflection")
    assert len(beside(practice)) == 2
    assert practice not in beside(practice)
