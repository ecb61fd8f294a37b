from __future__ import annotations

from uuid import uuid4

from apego.records.models import Letter, Moment, Person, Visit
from tests.people import NOW, client_of


def test_a_visitor_drafts_changes_and_reads_a_letter_aloud(visitor: Person, visit: Visit) -> None:
    child, rosa = visit.family.children.get(), visit.family.caregivers.get()
    moment = Moment.objects.create(
        family=visit.family, visit=visit, at=NOW, words="Inés le dio la cuchara.", language="es", by=visitor
    )
    moment.children.add(child)
    client = client_of(visitor)
    new = f"/es/visits/{visit.id}/letters/to/{rosa.id}/"
    assert "Inés le dio la cuchara." in client.get(new).content.decode()
    kept = client.post(
        new, {"delivery": uuid4(), "words": "Querida Rosa: Inés le dio la cuchara.", "version": 1}
    )
    letter = Letter.objects.get()
    assert kept["Location"] == f"/es/letters/{letter.id}/"
    assert 'lang="es"' in client.get(kept["Location"]).content.decode()
    client.post(f"/es/letters/{letter.id}/given/", {"delivery": uuid4(), "how": "aloud"})
    letter.refresh_from_db()
    assert letter.given_at
    assert letter.read_aloud


def test_a_letter_of_another_family_is_not_here(stranger: Person, visitor: Person, visit: Visit) -> None:
    rosa = visit.family.caregivers.get()
    letter = Letter.objects.create(visit=visit, caregiver=rosa, language="es", words="Hola", by=visitor)
    assert client_of(stranger).get(f"/es/letters/{letter.id}/").status_code == 404
    assert client_of(stranger).get(f"/es/visits/{visit.id}/letters/to/{rosa.id}/").status_code == 404


def test_an_empty_letter_is_told_beside_the_field(visitor: Person, visit: Visit) -> None:
    rosa = visit.family.caregivers.get()
    answer = client_of(visitor).post(
        f"/en/visits/{visit.id}/letters/to/{rosa.id}/", {"delivery": uuid4(), "words": "", "version": 1}
    )
    assert answer.status_code == 422
    assert not Letter.objects.exists()
