"""What a family signs is whole and plain: four things said one by one, promises, rights with their rules."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from apego.practice import consents as consents_module
from apego.practice.consents import (
    ConsentPurpose,
    annual_notice,
    before_signing,
    blanks,
    consent_purpose,
    consent_purposes,
    grounds,
    promises,
    right,
    rights,
)
from apego.practice.content import LANGUAGES, ContentError, Language, load
from apego.practice.rules import rules
from apego.practice.sentences import slots_of
from tests.practice.wording import faults

TODAY = date(2026, 3, 2)
WORDS_AT_MOST = 30  # in a sentence that is heard once, read aloud
FILLED = {
    "records": "the visits of March",
    "party": "Head Start in Salinas",
    "reason": "to enroll Teo",
    "adults": "Luz",
    "until": "June 30, 2027",
}


def parts(purpose: ConsentPurpose, language: Language) -> list[str]:
    return [part[language] for part in (purpose.what, purpose.why, purpose.who, purpose.until)]


@pytest.mark.parametrize("purpose_id", consent_purposes())
def test_a_purpose_is_whole(purpose_id: str) -> None:
    assert faults(consent_purpose(purpose_id)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose_id", consent_purposes())
def test_the_blanks_of_a_purpose_are_those_it_asks_for(purpose_id: str, language: Language) -> None:
    purpose = consent_purpose(purpose_id)
    assert set().union(*map(slots_of, parts(purpose, language))) == set(purpose.asks)


@pytest.mark.parametrize("purpose_id", consent_purposes())
def test_every_consent_ends_on_a_day_that_is_filled_in(purpose_id: str) -> None:
    purpose = consent_purpose(purpose_id)
    assert "until" in purpose.asks
    assert slots_of(purpose.until.en) == slots_of(purpose.until.es) == {"until"}


@pytest.mark.parametrize("purpose_id", ["record", "transcript"])
def test_a_recording_names_every_adult_in_the_room(purpose_id: str) -> None:
    assert "adults" in slots_of(consent_purpose(purpose_id).what.en)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose_id", consent_purposes())
def test_what_is_signed_holds_the_promises(purpose_id: str, language: Language) -> None:
    written = consent_purpose(purpose_id).written(language, FILLED)
    assert written[4:] == tuple(promise[language] for promise in promises())
    assert not any(slots_of(line) for line in written)


def test_nobody_signs_a_blank() -> None:
    with pytest.raises(ContentError, match="consents: share is not filled in: reason, until"):
        consent_purpose("share").written("en", {"records": "all visits", "party": "Luz", "until": ""})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_can_be_heard_once(language: Language) -> None:
    said = [line for one in consent_purposes().values() for line in parts(one, language)]
    said += [text[language] for text in (*promises(), *(one.says for one in rights().values()))]
    sentences = [
        sentence for line in said for sentence in line.replace(":", ".").replace(";", ".").split(". ")
    ]
    assert [sentence for sentence in sentences if len(sentence.split()) > WORDS_AT_MOST] == []


def test_the_promises_are_those_of_the_rule() -> None:
    said = " ".join(promise.en for promise in promises())
    for words in ("up to you", "every other service stay the same", "at any time", "from that day on"):
        assert words in said


def test_a_right_is_whole_and_rests_on_a_rule_of_its_own_citation() -> None:
    assert faults(tuple(rights().values())) == []
    for one in rights().values():
        if one.rule:
            assert one.citation[:13] == rules()[one.rule][-1].citation[:13]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_days_of_a_right_are_those_of_the_rule(language: Language) -> None:
    assert "45" in right("inspect").said(language, TODAY)
    for one in rights().values():
        assert "None" not in one.said(language, TODAY)
        assert not slots_of(one.said(language, TODAY))


def test_the_grounds_and_the_lines_before_signing_are_whole() -> None:
    assert faults((*grounds().values(), *before_signing(), *blanks().values())) == []
    assert [ground.id for ground in grounds().values() if ground.consent] == ["consented"]


def test_the_notice_is_whole_and_names_the_program_and_who_answers() -> None:
    notice = annual_notice()
    assert faults(notice) == []
    for language in LANGUAGES:
        assert slots_of(notice.opening[language]) == {"program"}
        assert slots_of(notice.closing[language]) == {"contact"}


def test_the_ids_are_permanent() -> None:
    assert tuple(consent_purposes()) == (
        "share", "record", "transcript", "photos", "interpreter", "letter", "study",
    )  # fmt: skip
    assert tuple(blanks()) == ("records", "party", "reason", "adults", "until")
    assert tuple(rights()) == (
        "inspect", "amend", "hearing", "statement", "copy", "agreements", "permission", "refuse", "know",
        "end",
    )  # fmt: skip
    assert tuple(grounds()) == (
        "consented", "school", "program", "audit", "study", "emergency", "court", "meals", "foster_care",
        "protection",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "change", "said"),
    [
        (("purposes", "letter"), {"asks": ["shoe_size"]}, "consents: letter, asks: there is no shoe_size"),
        (("purposes", "letter"), {"until": {"en": "Ends."}}, "consents: letter, until has no es"),
        (("rights", "copy"), {"rule": "free_copy"}, "consents: rights, copy, rule: there is no free_copy"),
        (("rights", "copy"), {"verified": "no"}, "consents: rights, copy does not say whether verified"),
        (
            ("disclosures", "court"),
            {"notice": None},
            "consents: disclosures, court does not say whether notice",
        ),
        (
            ("disclosures", "court"),
            {"citation": "the law"},
            "citation is the law, and begins with 45 CFR 1303.",
        ),
    ],
)
def test_a_broken_entry_is_refused_by_place(
    path: tuple[str, str], change: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = copy.deepcopy(load("consents"))
    broken[path[0]][path[1]] |= change
    monkeypatch.setattr(consents_module, "load", lambda name: broken)
    read = {"purposes": consent_purposes, "rights": rights, "disclosures": grounds}
    with pytest.raises(ContentError, match=said):
        read[path[0]].__wrapped__()


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(ContentError, match="consents, purposes: there is no everything"):
        consent_purpose("everything")
    with pytest.raises(ContentError, match="consents, rights: there is no silence"):
        right("silence")
