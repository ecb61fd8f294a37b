from __future__ import annotations

import pytest

from apego.practice.practices import practices
from apego.records.models import Person
from tests.people import client_of


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("id", practices())
def test_every_practice_has_its_page_in_both_languages(visitor: Person, id: str, language: str) -> None:
    page = client_of(visitor).get(f"/{language}/learn/{id}/").content.decode()
    assert str(practices()[id].name["es" if language == "es" else "en"]) in page.replace("&#x27;", "'")


def test_a_practice_that_is_not_one_is_not_here(visitor: Person) -> None:
    assert client_of(visitor).get("/en/learn/praise/").status_code == 404
