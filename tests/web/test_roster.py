"""The page on which a roster comes in: a preview first, nothing before a yes."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from apego.records.models import Draft, Family, Person
from tests.people import NOW, client_of

HEADER = "familia;programa;inscripción;idioma;niño;nacimiento;mamá, papá o quien cuida;parentesco;visitadora"
LUZ = "Rivera;EHS;2026-09-08;español;Luz;2/11/2025;Marta;mamá;ana"


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    translation.activate("en")


def brought(client: Client, *lines: str, encoding: str = "cp1252") -> str:
    data = "\r\n".join((HEADER, *lines)).encode(encoding)
    answer = client.post("/en/office/roster/", {"file": SimpleUploadedFile("roster.csv", data)}, follow=True)
    return answer.content.decode()


def test_a_file_is_looked_at_agreed_to_and_enrolled_once(coordinator: Person, visitor: Person) -> None:
    client = client_of(coordinator)
    told = brought(client, LUZ)
    assert "Rivera" in told
    assert "Luz, " in told
    assert "Enrol 1 family" in told
    assert not Family.objects.exists()
    agreed = {"delivery": str(uuid4())}
    for _ in range(2):
        assert client.post("/en/office/roster/agree/", agreed)["Location"] == "/en/families/"
    assert Family.objects.get().name == "Rivera"


def test_what_is_wrong_is_told_by_line_and_cannot_be_agreed_to(coordinator: Person, visitor: Person) -> None:
    client = client_of(coordinator)
    told = brought(client, LUZ.replace(";ana", ";Nadie"))
    assert "“Nadie” is no home visitor who works here." in told
    assert "1 thing to put right" in told
    assert "/agree/" not in told
    answer = client.post("/en/office/roster/agree/", {"delivery": str(uuid4())})
    assert answer["Location"] == "/en/office/roster/"
    assert not Family.objects.exists()


def test_a_line_of_which_nothing_can_be_read_is_told_and_the_page_stands(coordinator: Person) -> None:
    told = brought(client_of(coordinator), "Tum;?;2026-09-31;Martian;Ixchel;soon;;capitán;", ";;;;;;;;x")
    assert "“2026-09-31” is no day that there is." in told
    assert "To be enrolled" not in told


def test_the_same_file_again_says_that_everybody_is_here(coordinator: Person, visitor: Person) -> None:
    client = client_of(coordinator)
    brought(client, LUZ)
    client.post("/en/office/roster/agree/", {"delivery": str(uuid4())})
    told = brought(client, LUZ)
    assert "Everybody is here already" in told
    assert "/agree/" not in told


def test_words_of_a_file_are_shown_and_never_run(coordinator: Person, visitor: Person) -> None:
    told = brought(client_of(coordinator), LUZ.replace("Rivera", "<b onclick=x>Rivera"))
    assert "<b onclick" not in told
    assert "&lt;b onclick=x&gt;Rivera" in told


def test_a_file_is_put_away_and_nothing_of_it_is_kept(coordinator: Person, visitor: Person) -> None:
    client = client_of(coordinator)
    brought(client, LUZ)
    client.post("/en/office/roster/put-away/", {"delivery": str(uuid4())})
    assert not Draft.objects.exists()
    assert "Rivera" not in client.get("/en/office/roster/").content.decode()


@pytest.mark.parametrize("data", [b"", b"x" * 200_000])
def test_a_file_that_is_empty_or_too_large_is_told_beside_the_field(coordinator: Person, data: bytes) -> None:
    answer = client_of(coordinator).post(
        "/en/office/roster/", {"file": SimpleUploadedFile("roster.csv", data)}
    )
    assert answer.status_code == 422
    assert not Draft.objects.exists()


def test_nobody_but_a_coordinator_brings_a_roster(visitor: Person, supervisor: Person) -> None:
    for who in (visitor, supervisor):
        for page in ("", "agree/", "put-away/"):
            answer = client_of(who).post(f"/en/office/roster/{page}", {"delivery": str(uuid4())})
            assert answer.status_code == 404


def test_the_sample_comes_in_the_pages_language(coordinator: Person) -> None:
    client = client_of(coordinator)
    for language, word in (("en", "family"), ("es", "familia")):
        answer = client.get(f"/{language}/office/roster/sample/")
        assert answer.content.decode("utf-8-sig").startswith(word)
        assert ".csv" in answer["Content-Disposition"]
