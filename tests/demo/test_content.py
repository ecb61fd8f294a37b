"""The content of the invented program is whole: every file is read, every id is known, every name is one person's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib import resources

import pytest

from apego.demo.content import (
    ContentUnclear,
    ConversationTold,
    FamilyTold,
    MomentTold,
    _told,
    content,
    transcript,
)
from apego.listening.formats import read_data
from apego.listening.notes import check, weightiest
from apego.practice import supports, visiting
from apego.practice.domains import domains, goals
from apego.practice.practices import practices
from apego.practice.relationship import capacities, moment_kinds

FAMILIES = content().families.values()
MARKED_IN_A_HUNDRED = 12  # a few words are left for the note check to ask about


def every_moment() -> Iterator[tuple[str, MomentTold]]:
    for family in FAMILIES:
        for visit in family.visits:
            yield from ((family.language, moment) for moment in visit.moments)
    for gathering in content().gatherings:
        yield from ((gathering.language, moment) for moment in gathering.moments)


def test_every_file_is_read() -> None:
    folder = resources.files("apego.demo.content")
    names = {file.name.removesuffix(".toml") for file in folder.joinpath("families").iterdir()}
    assert names == set(content().families) and len(names) == 30
    heard = {file.name for file in folder.joinpath("transcripts").iterdir()}
    assert heard == {one.file for one in content().conversations}


def test_a_field_that_nobody_plays_is_refused_with_its_place() -> None:
    with pytest.raises(ContentUnclear, match=r"x\.toml: nobody plays colour"):
        _told(MomentTold, {"colour": "red"}, "x.toml")
    with pytest.raises(ContentUnclear, match="words"):
        _told(MomentTold, {"child": "a"}, "x.toml")


def test_there_are_a_coordinator_two_supervisors_and_six_visitors() -> None:
    people = content().program.people
    assert Counter(one.role for one in people) == {"coordinator": 1, "supervisor": 2, "visitor": 6}
    supervisors = {one.id for one in people if one.role == "supervisor"}
    assert all((one.supervisor in supervisors) == (one.role == "visitor") for one in people)


def test_nobody_s_name_repeats() -> None:
    adults = [one.name for family in FAMILIES for one in family.caregivers]
    children = [one.name for family in FAMILIES for one in family.children]
    workers = [one.name for one in content().program.people]
    for names in (adults + workers, children, [family.name for family in FAMILIES]):
        assert [name for name, times in Counter(names).items() if times > 1] == []


def test_no_telephone_is_anybody_s() -> None:
    phones = [one.phone for family in FAMILIES for one in family.caregivers if one.phone]
    assert all(phone.startswith("555-01") for phone in phones)
    assert len(phones) == len(set(phones))


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.slug)
def test_a_family_names_only_what_is_known(family: FamilyTold) -> None:
    visitors = {one.id for one in content().program.people if one.role == "visitor"}
    children = {one.id for one in family.children}
    adults = {one.id for one in family.caregivers}
    assert set(family.visitors) <= visitors and 1 <= len(family.visitors) <= 2
    assert set(family.home_languages) <= set(visiting.home_languages())
    for adult in family.caregivers:
        assert adult.relation in visiting.relations() and adult.reads in visiting.reading()
    for contact in family.contacts:
        assert contact.whom in adults and contact.how in visiting.contacts()
    assert {day.kind for day in family.days} <= set(visiting.days())
    assert {day.who for day in family.days if day.kind == "birthday"} <= children | adults
    for support in family.supports:
        assert support.area in supports.areas() and support.kind in supports.support_kinds()
        assert support.step in supports.referral_steps()
    for visit in family.visits:
        assert visit.place in visiting.places() and visit.kind in visiting.kinds()
        assert not visit.reason or visit.reason in {one.id for one in visiting.reasons_for(visit.status)}
        assert {moment.child for moment in visit.moments} <= children
        assert {credit.adult for credit in visit.credits} <= adults
        assert visit.weeks_ago < family.enrolled_weeks_ago
        assert (visit.kind == "make_up") == (visit.weekday is not None)


def test_moments_name_known_capacities_kinds_domains_and_goals() -> None:
    told = [moment for _, moment in every_moment()]
    banked = [entry for entry in content().bank if entry.sort == "moment"]
    shown = [(one.capacities, one.kinds, one.domains) for one in told]
    shown += [(one.capacities, one.kinds, one.domains) for one in banked]
    for its_capacities, its_kinds, its_domains in shown:
        assert set(its_capacities) <= set(capacities())
        assert set(its_kinds) <= set(moment_kinds())
        assert set(its_domains) <= set(domains())
    assert {goal for moment in banked for goal in moment.goals} <= set(goals())


def test_what_is_planned_after_a_visit_stands_on_a_visit_that_is_held() -> None:
    for family, weeks_ago in [(one.family, one.weeks_ago) for one in content().after_visits]:
        told = {visit.weeks_ago: visit.status for visit in content().families[family].visits}
        assert told.get(weeks_ago) == "done", (family, weeks_ago)
    for one in content().conversations:
        told = {visit.weeks_ago: visit.status for visit in content().families[one.family].visits}
        assert told.get(one.weeks_ago, "done") == "done"
        assert set(one.adults) <= {adult.id for adult in content().families[one.family].caregivers}
    taken = {after.focus for after in content().after_visits} | {one.focus for one in content().conversations}
    assert taken <= set(practices())


@pytest.mark.parametrize(
    "sort", ["since", "followup", "tried", "next", "promise", "credit", "contact", "memento"]
)
def test_a_bank_has_thirty_in_both_languages(sort: str) -> None:
    entries = [entry for entry in content().bank if entry.sort == sort]
    assert len(entries) >= 30
    assert len({entry.en for entry in entries}) == len({entry.es for entry in entries}) == len(entries)


def test_every_slot_of_the_banks_is_filled() -> None:
    for entry in content().bank:
        for language in ("en", "es"):
            said = entry.said(language, child="Inés", adult="Rosa")
            assert "{" not in said and said.strip() == said


def test_every_age_from_birth_to_five_has_moments_to_draw_from() -> None:
    moments = [entry for entry in content().bank if entry.sort == "moment"]
    assert min(sum(entry.fits(months) for entry in moments) for months in range(61)) >= 10


@pytest.mark.parametrize("told", content().conversations, ids=lambda told: told.file)
def test_a_transcript_says_who_is_who(told: ConversationTold) -> None:
    said = read_data(transcript(told.file), told.file)
    assert set(said.stated) == set(said.speakers)
    assert not said.repairs


def test_the_note_check_asks_about_few_words() -> None:
    names = [child.name for family in FAMILIES for child in family.children]
    names += [adult.name for family in FAMILIES for adult in family.caregivers]
    moments = list(every_moment())
    marked = [
        moment.words
        for language, moment in moments
        if weightiest(check(moment.words, "es" if language == "es" else "en", names).spans)
    ]
    assert marked, "some words are left to be asked about"
    assert len(marked) * 100 < MARKED_IN_A_HUNDRED * len(moments)
