from __future__ import annotations

import importlib
import pkgutil
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apego.records import actions, backups, log
from apego.records.actions import holds, openings, requests
from apego.records.models import (
    AnnualNotice,
    Caregiver,
    Destroyed,
    Family,
    Hold,
    Line,
    Opening,
    ParentRequest,
    Person,
    Visit,
)
from apego.web import lines
from tests.people import NOW, TODAY, client_of, family_of, person
from tests.records.everything import everything_of, second_adult

NOT_A_FAMILYS = {
    "people",
    "programs",
    "feeds",
    "focus",
    "supervisions",
    "roster",
    "forms",
    "learning",
}  # their lines have no family


@pytest.fixture
def helen(coordinator: Person) -> Client:
    return client_of(coordinator)


def sent(**told: Any) -> dict[str, Any]:
    return {"delivery": uuid4(), **told}


def asked(family: Family, by: Person, kind: str = "inspect", ago: int = 0) -> ParentRequest:
    return requests.receive(
        id=uuid4(), family=family, caregiver=family.caregivers.first(), kind=kind, words="Quiero leerlo.",
        received_on=timezone.localdate() - timedelta(days=ago), by=by, at=NOW,
    )  # fmt: skip


def opened(family: Family, by: Person) -> Opening:
    return openings.begin(id=uuid4(), family=family, reason="Asked", by=by, at=timezone.now())


class TestTheFirstPage:
    def test_the_nearest_request_stands_first_and_a_late_one_says_so(
        self, family: Family, other_family: Family, coordinator: Person, helen: Client
    ) -> None:
        asked(family, coordinator, ago=2)
        asked(other_family, coordinator, ago=46)
        page = helen.get("/en/office/").content.decode()
        assert page.index("Daniels: to read") < page.index("Ortega Ruiz: to read")
        assert "1 day late" in page
        assert "43 days left" in page

    def test_it_says_when_there_is_no_backup_and_how_old_the_last_one_is(
        self, coordinator: Person, helen: Client
    ) -> None:
        assert "none yet" in helen.get("/en/office/").content.decode()
        log.write(by=None, at=timezone.now() - timedelta(days=9), verb=backups.TAKEN, thing=None)
        page = helen.get("/en/office/").content.decode()
        assert "9 days ago" in page
        assert "apego backup" in page

    def test_it_names_holds_and_what_is_due_and_who_cannot_sign_in(
        self, family: Family, other_family: Family, coordinator: Person, helen: Client
    ) -> None:
        holds.set_up(id=uuid4(), family=family, reason="Order 12", by=coordinator, at=NOW)
        Family.objects.update(left_on=TODAY - timedelta(days=4000))
        page = helen.get("/en/office/").content.decode()
        for words in ("Order 12", "A legal hold stands", "Daniels", "They cannot sign in yet", "Keisha"):
            assert words in page

    def test_it_takes_as_many_queries_for_many_families_as_for_few(
        self, family: Family, visitor: Person, coordinator: Person, helen: Client
    ) -> None:
        Family.objects.update(left_on=TODAY - timedelta(days=4000))
        asked(family, coordinator)
        holds.set_up(id=uuid4(), family=family, reason="x", by=coordinator, at=NOW)
        few = queries(helen, "/en/office/")
        for number in range(5):
            more = family_of(visitor, f"Family {number}")
            asked(more, coordinator)
            holds.set_up(id=uuid4(), family=more, reason="x", by=coordinator, at=NOW)
        Family.objects.update(left_on=TODAY - timedelta(days=4000))
        assert queries(helen, "/en/office/") == few


class TestAFamilysPage:
    def test_the_log_says_who_did_what_and_no_word_of_the_record(
        self, visit: Visit, visitor: Person, coordinator: Person, helen: Client
    ) -> None:
        everything_of(visit, visitor, coordinator)
        log.looked(by=visitor, at=NOW, at_what=visit)
        log.write(by=None, at=NOW, verb="destruction.destroy_transcript", thing=visit.family)
        page = helen.get(f"/en/office/families/{visit.family_id}/").content.decode()
        for words in ("<b>Ana</b> looked at a visit", "<b>Ana</b> kept a signed consent", "The daily work"):
            assert words in page
        for words in ("gateó", "No puedo hablar", "Cansada", "Querida"):
            assert words not in page

    def test_opening_the_page_is_itself_a_line(
        self, family: Family, coordinator: Person, helen: Client
    ) -> None:
        helen.get(f"/en/office/families/{family.id}/")
        assert Line.objects.get(family=family.id).verb == "looked"

    def test_the_log_is_paged(self, family: Family, coordinator: Person, helen: Client) -> None:
        for _ in range(50):
            log.looked(by=coordinator, at=NOW, at_what=family)
        few = queries(helen, f"/en/office/families/{family.id}/")
        assert "?page=2" in helen.get(f"/en/office/families/{family.id}/").content.decode()
        assert helen.get(f"/en/office/families/{family.id}/?page=2").status_code == 200
        assert queries(helen, f"/en/office/families/{family.id}/") == few

    def test_a_record_opens_with_a_reason_and_closes_again(
        self, visit: Visit, visitor: Person, coordinator: Person, helen: Client
    ) -> None:
        family = visit.family
        request = asked(family, coordinator)
        address = f"/en/office/families/{family.id}/open/?request={request.id}"
        assert helen.post(address, sent(reason=" ")).status_code == 422
        assert helen.get(f"/en/families/{family.id}/story/").status_code == 404
        helen.post(address, sent(reason="She asked to read it"))
        opening = Opening.objects.get()
        assert (opening.reason, opening.request, opening.person) == (
            "She asked to read it",
            request,
            coordinator,
        )
        assert helen.get(f"/en/families/{family.id}/story/").status_code == 200
        helen.post(f"/en/office/families/{family.id}/close/", sent())
        assert helen.get(f"/en/families/{family.id}/story/").status_code == 404

    def test_a_hold_is_set_and_lifted(self, family: Family, coordinator: Person, helen: Client) -> None:
        helen.post(f"/en/office/families/{family.id}/holds/new/", sent(reason="Order 12"))
        hold = Hold.objects.get()
        assert "Order 12" in helen.get(f"/en/office/families/{family.id}/").content.decode()
        helen.post(f"/en/office/holds/{hold.id}/lift/", sent())
        hold.refresh_from_db()
        assert hold.lifted_by == coordinator

    @pytest.mark.parametrize(("asked_in", "words"), [("es", "Leerlo"), ("en", "To read it")])
    def test_the_notice_stands_in_the_language_that_is_wanted(
        self, family: Family, coordinator: Person, helen: Client, asked_in: str, words: str
    ) -> None:
        page = helen.get(f"/en/office/families/{family.id}/notice/?in={asked_in}").content.decode()
        assert f'<article class="letter" lang="{asked_in}">' in page
        assert words in page
        assert "Bluestem Early Head Start" in page
        assert "{" not in page[page.index("<article") : page.index("</article>")]

    def test_that_the_notice_was_given_is_kept(
        self, family: Family, coordinator: Person, helen: Client
    ) -> None:
        address = f"/en/office/families/{family.id}/notice/"
        told = {"language": "es", "how": "read_aloud", "on": timezone.localdate().isoformat()}
        assert helen.post(address, sent(**told | {"on": "2999-01-01"})).status_code == 422
        helen.post(address, sent(**told))
        kept = AnnualNotice.objects.get()
        assert (kept.language, kept.how, kept.by) == ("es", "read_aloud", coordinator)


class TestRequests:
    def test_a_request_is_noted_answered_and_a_refusal_takes_the_parents_statement(
        self, family: Family, coordinator: Person, helen: Client
    ) -> None:
        on = timezone.localdate().isoformat()
        mother = family.caregivers.get()
        told = {"kind": "amend", "caregiver": mother.id, "words": "No fue el lunes.", "received_on": on}
        answer = helen.post(f"/en/office/families/{family.id}/requests/new/", sent(**told))
        request = ParentRequest.objects.get()
        assert answer["Location"] == f"/en/office/requests/{request.id}/"
        page = helen.get(answer["Location"]).content.decode()
        assert "No fue el lunes." in page
        assert "The answer is due by" in page
        refused = {"answer": "refused", "on": on}
        told_why = helen.post(f"/en/office/requests/{request.id}/answer/", sent(**refused, words=" "))
        assert told_why.status_code == 422
        assert "A refusal says why" in told_why.content.decode()
        helen.post(f"/en/office/requests/{request.id}/answer/", sent(**refused, words="The log says Monday."))
        helen.post(f"/en/office/requests/{request.id}/statement/", sent(statement="Así lo veo yo."))
        assert "Así lo veo yo." in helen.get(f"/en/office/requests/{request.id}/").content.decode()
        assert "Así lo veo yo." in helen.get(f"/en/office/families/{family.id}/").content.decode()

    def test_a_day_that_has_not_come_is_told_beside_the_field(
        self, family: Family, coordinator: Person, helen: Client
    ) -> None:
        told = {"kind": "copy", "received_on": "2099-01-01"}
        page = helen.post(f"/en/office/families/{family.id}/requests/new/", sent(**told))
        assert page.status_code == 422
        assert "This day has not come yet" in page.content.decode()

    def test_a_correction_takes_an_open_record_and_stands_below_its_visit(
        self, visit: Visit, visitor: Person, coordinator: Person, helen: Client
    ) -> None:
        request = asked(visit.family, coordinator, "amend")
        address = f"/en/office/requests/{request.id}/correction/"
        told = {"visit": visit.id, "words": "It was Tuesday."}
        assert helen.post(address, sent(**told)).status_code == 404
        opened(visit.family, coordinator)
        assert helen.post(address, sent(**told)).status_code == 422  # not finished
        Visit.objects.update(
            status="done", started_at=NOW, ended_at=NOW, finished_at=NOW, finished_by=visitor
        )
        helen.post(address, sent(**told))
        assert request.addenda.get().words == "It was Tuesday."


def test_the_parents_statement_is_shown_to_who_discloses(
    family: Family, coordinator: Person, visitor: Person
) -> None:
    request = asked(family, coordinator, "amend")
    requests.answer(
        request=request, granted=False, words="No.", on=timezone.localdate(), by=coordinator, at=NOW
    )
    requests.state(request=request, statement="Así lo veo yo.", by=coordinator, at=NOW)
    for who in (coordinator, visitor):
        page = client_of(who).get(f"/en/families/{family.id}/disclosures/new/")
        assert "Así lo veo yo." in page.content.decode()


class TestTheCopy:
    def test_it_opens_with_a_reason_only_and_its_making_is_logged(
        self, visit: Visit, visitor: Person, coordinator: Person, helen: Client
    ) -> None:
        everything_of(visit, visitor, coordinator)
        Visit.objects.update(status="done")
        mother = visit.family.caregivers.get()
        address = f"/en/office/adults/{mother.id}/record/"
        assert helen.get(address)["Location"] == f"/en/office/families/{visit.family_id}/open/"
        assert helen.get(f"{address[:-1]}.json").status_code == 404
        opened(visit.family, coordinator)
        page = helen.get(address).content.decode()
        assert '<article class="record" lang="es">' in page
        assert "Inés gateó hacia Rosa." in page
        assert "Safety notes that nobody has released for this person: 1" in page
        told = helen.get(f"{address[:-1]}.json")
        assert told.json()["caregiver"] == "Rosa"
        assert "withheld" not in told.json()
        assert Line.objects.filter(verb="bundled", thing=mother.id).count() == 2

    def test_what_is_withheld_stands_only_in_the_box_that_is_not_printed(
        self, visit: Visit, visitor: Person, coordinator: Person, helen: Client
    ) -> None:
        everything_of(visit, visitor, coordinator)
        father = second_adult(visit.family)
        Caregiver.objects.exclude(id=father.id).update(phone="555-0199", phone_is_safe=False)
        opened(visit.family, coordinator)
        page = helen.get(f"/en/office/adults/{father.id}/record/").content.decode()
        box, article = page.split("<article", 1)
        assert 'class="sheet no-print"' in box
        assert "marked as not safe" in box
        for words in ("555-0199", "No puedo hablar", "not safe", "Llamó."):
            assert words not in article


class TestTheEnd:
    def test_a_record_is_destroyed_once_its_code_is_typed(
        self, family: Family, coordinator: Person, helen: Client
    ) -> None:
        address = f"/en/office/families/{family.id}/destroy/"
        code = family.id.hex[:6].upper()
        assert code in helen.get(address).content.decode()
        assert helen.post(address, sent(code="123")).status_code == 422
        assert Family.objects.filter(id=family.id).exists()
        assert helen.post(address, sent(code=f" {code.lower()} "))["Location"] == "/en/office/"
        assert not Family.objects.filter(id=family.id).exists()
        assert Destroyed.objects.get(id=family.id).by == coordinator.id
        assert helen.get(address).status_code == 404

    def test_while_something_holds_it_back_there_is_nothing_to_type(
        self, family: Family, coordinator: Person, helen: Client
    ) -> None:
        asked(family, coordinator)
        address = f"/en/office/families/{family.id}/destroy/"
        page = helen.get(address).content.decode()
        assert "still waits for its answer" in page
        assert 'name="code"' not in page
        helen.post(address, sent(code=family.id.hex[:6]))
        assert Family.objects.filter(id=family.id).exists()


def test_every_action_on_a_family_has_its_words_in_the_log() -> None:
    done = set()
    for module in pkgutil.iter_modules(actions.__path__):
        found = importlib.import_module(f"{actions.__name__}.{module.name}")
        for name, function in vars(found).items():
            if (
                hasattr(function, "__wrapped__")
                and function.__module__ == found.__name__
                and module.name != "acting"
            ):
                done.add(f"{module.name}.{name}")
    told = {verb for verb in done if verb.partition(".")[0] not in NOT_A_FAMILYS}
    assert told - lines.DONE.keys() <= WITHOUT_A_FAMILY
    assert lines.DONE.keys() - done == {"bundled"}


# Their records are of no family: what is a visitor's own, and a group as a whole.
WITHOUT_A_FAMILY = {
    "reflections.look_back", "reflections.answer", "socializations.plan", "socializations.change",
    "socializations.not_held", "socializations.put_back", "socializations.finish",
}  # fmt: skip


@pytest.mark.parametrize("who", ["visitor", "supervisor", "stranger"])
def test_the_office_is_the_coordinators_alone(
    who: str, family: Family, coordinator: Person, request: pytest.FixtureRequest
) -> None:
    client, kept = client_of(request.getfixturevalue(who)), asked(family, coordinator)
    mother = family.caregivers.get()
    for path in ("", f"families/{family.id}/", f"families/{family.id}/open/", f"families/{family.id}/destroy/",
                 f"requests/{kept.id}/", f"requests/{kept.id}/answer/", f"adults/{mother.id}/record/"):  # fmt: skip
        assert client.get(f"/en/office/{path}").status_code == 404, path
    hold = holds.set_up(id=uuid4(), family=family, reason="x", by=coordinator, at=NOW)
    assert client.post(f"/en/office/holds/{hold.id}/lift/", sent()).status_code == 404
    assert client.post(f"/en/office/families/{family.id}/open/", sent(reason="x")).status_code == 404
    assert not Opening.objects.exists()


def test_another_coordinator_gives_a_reason_of_her_own(family: Family, coordinator: Person) -> None:
    opened(family, coordinator)
    nora = client_of(person("nora", coordinator.role))  # type: ignore[arg-type]
    assert nora.get(f"/en/families/{family.id}/story/").status_code == 404


def queries(client: Client, path: str) -> int:
    client.get(path)  # the first page of a session writes that it was seen
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)
