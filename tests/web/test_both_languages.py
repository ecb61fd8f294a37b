from __future__ import annotations

from tests.web.untranslated import lacking, left_over


def test_every_sentence_of_the_pages_has_its_spanish() -> None:
    assert lacking() == []


def test_no_spanish_is_left_over() -> None:
    assert left_over() == []
