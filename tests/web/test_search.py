from __future__ import annotations

from apego.records.models import Family, Person
from tests.people import client_of


def test_a_name_is_found_and_stands_in_no_address(visitor: Person, family: Family) -> None:
    answer = client_of(visitor).post("/es/search/", {"q": "inés"})
    assert f"/es/families/{family.id}/" in answer.content.decode()
    assert "q=" not in answer.content.decode()


def test_a_question_in_the_address_is_not_answered(visitor: Person, family: Family) -> None:
    assert str(family.id) not in client_of(visitor).get("/en/search/?q=ines").content.decode()


def test_what_is_typed_is_answered_with_the_list_alone(visitor: Person, family: Family) -> None:
    answer = (
        client_of(visitor).post("/en/search/", {"q": "ort"}, headers={"HX-Request": "true"}).content.decode()
    )
    assert "<html" not in answer
    assert str(family.id) in answer
