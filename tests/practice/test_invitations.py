"""Materials, routines and games are whole: both languages, every age, what may be seen, what to watch."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.practice import invitations as invitations_module
from apego.practice.ages import all_bands, bands
from apego.practice.content import LANGUAGES, ContentError, Text, load
from apego.practice.content.entries import AgedText
from apego.practice.domains import domains
from apego.practice.games import game, games
from apego.practice.invitations import Invitation, Way, fitting, invitations
from apego.practice.materials import material, materials
from apego.practice.relationship import capacities
from apego.practice.routines import routine, routines
from tests.practice.wording import SAID_TO_SOMEONE, faults

KINDS: dict[str, dict[str, Invitation]] = {
    "materials": materials(),
    "routines": routines(),
    "games": games(),
}
PERMANENT = {
    "materials": (
        "pot_lids", "spoons", "containers", "socks", "shawl", "wet_cloth", "blanket", "drawn_paper",
        "paper_bag", "box", "shaker", "mirror", "photos", "stones_leaves",
    ),
    "routines": (
        "diapering", "feeding", "bathing", "dressing", "sleep", "cooking", "laundry", "walking",
        "waiting", "parting",
    ),
    "games": (
        "talking_back", "faces", "song_with_a_gap", "dancing", "name_song", "little_finger", "clapping",
        "talking_hands", "peekaboo", "find_the_voice", "sana_sana",
    ),
}  # fmt: skip
ONE = {"materials": material, "routines": routine, "games": game}
AT_LEAST = 8  # of each kind, in every band and at every month
MONTHS = range(61)
MOUTHS_EVERYTHING = 36  # months: before that, every thing is a thing that goes into a mouth
# Feelings, wishes, thoughts and traits cannot be seen; what is said inside a quotation is somebody's.
UNSEEN = re.compile(
    r"\b(happy|sad|angry|mad|upset|proud|bored|wants?|knows?|likes?|loves?|enjoys?|feels?|thinks?|"
    r"understands?|remembers?|prefers?|tries to|decides|nicely|well|always|never|"
    r"feliz|triste|enojad[oa]|content[oa]|orgullos[oa]|aburrid[oa]|quiere|sabe que|le gusta|le encanta|"
    r"disfruta|siente que|piensa|entiende|se acuerda|prefiere|trata de|decide|siempre|nunca)\b",
    re.IGNORECASE,
)
DANGER = re.compile(
    r"\b(water|bath|stove|boil|coins?|pins?|bags?|string|cord|beans?|stones?|street|"
    r"agua|lumbre|estufa|monedas?|pinzas?|bolsas?|lazo|cinta|frijol(es)?|piedras?|calle)\b",
    re.IGNORECASE,
)


def gaps(one: Invitation) -> Iterator[str]:
    """Name everything that an invitation lacks."""
    yield from faults(one)
    begins = [way.months for way in one.ways]
    if begins != sorted(begins):
        yield "the ways are not in order of age"
    for way in one.ways:
        yield from (f"{way.months}: {gap}" for gap in _gaps_of(one, way))


def _gaps_of(one: Invitation, way: Way) -> Iterator[str]:
    if not way.domains:
        yield "no domain"
    if not way.capacities:
        yield "no capacity"
    for language in LANGUAGES:
        unseen = UNSEEN.search(SAID_TO_SOMEONE.sub("", way.see[language]))
        if unseen:
            yield f"“{unseen[0]}” is not seen, in {language}"
        danger = DANGER.search(SAID_TO_SOMEONE.sub("", f"{way.do[language]} {way.see[language]}"))
        if danger and not one.safety_at(way.months[0]):
            yield f"“{danger[0]}” without a word on safety, in {language}"


@pytest.mark.parametrize(("kind", "one"), [(kind, one) for kind in KINDS for one in KINDS[kind]])
def test_an_invitation_is_whole(kind: str, one: str) -> None:
    assert list(gaps(KINDS[kind][one])) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_ids_are_permanent(kind: str) -> None:
    assert tuple(KINDS[kind]) == PERMANENT[kind]


@pytest.mark.parametrize("band", all_bands(), ids=lambda band: band.id)
@pytest.mark.parametrize("kind", KINDS)
def test_a_band_has_enough_of_each_kind(kind: str, band: Any) -> None:
    serving = [one.id for one in KINDS[kind].values() if any(band in way.bands for way in one.ways)]
    assert len(serving) >= AT_LEAST


@pytest.mark.parametrize("kind", KINDS)
def test_there_is_enough_at_every_month_of_age(kind: str) -> None:
    counts = {months: len(fitting(KINDS[kind], months)) for months in MONTHS}
    assert {months: count for months, count in counts.items() if count < AT_LEAST} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_every_month_of_age_meets_every_domain_and_every_capacity(kind: str) -> None:
    for months in MONTHS:
        ways = [way for one in fitting(KINDS[kind], months) for way in one.ways_at(months)]
        missed = {*domains(), *capacities()} - {name for way in ways for name in way.domains + way.capacities}
        assert missed == set(), months


def test_every_thing_in_the_hands_of_a_small_child_has_a_word_on_safety() -> None:
    silent = [
        (one.id, months)
        for one in materials().values()
        for months in range(MOUTHS_EVERYTHING)
        if one.ways_at(months) and not one.safety_at(months)
    ]
    assert silent == []


def test_no_sentence_stands_twice() -> None:
    ways = [way for kind in KINDS.values() for one in kind.values() for way in one.ways]
    for language in LANGUAGES:
        said = Counter(text[language] for way in ways for text in (way.do, way.see))
        assert [sentence for sentence, times in said.items() if times > 1] == []


@given(st.sampled_from([one for kind in KINDS.values() for one in kind.values()]), st.integers(0, 72))
def test_an_age_is_given_the_ways_whose_months_hold_it(one: Invitation, months: int) -> None:
    age = min(months, 60)
    given_ = one.ways_at(months)
    assert given_ == tuple(way for way in one.ways if way.months[0] <= age <= way.months[1])


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_way_serves_at_least_one_of_the_bands_that_it_meets(first: int, length: int) -> None:
    last = min(first + length, 60)
    way = Way((first, last), Text("Waits.", "Espera."), Text("Looks.", "Mira."), (), ())
    met = {band.id for months in range(first, last + 1) for band in bands(months)}
    assert {band.id for band in way.bands} <= met
    assert way.bands


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda one: one.pop("name"), "games: peekaboo has no name"),
        (lambda one: one.pop("safety"), "games: peekaboo has no safety"),
        (lambda one: one.update(ways=[]), "games: peekaboo has no ways"),
        (lambda one: one["ways"][1]["do"].pop("es"), "games: peekaboo, ways 2, do has no es"),
        (lambda one: one["ways"][0].pop("see"), "games: peekaboo, ways 1 has no see"),
        (lambda one: one["ways"][0].update(months=[9, 2]), r"games: peekaboo, ways 1: months is \[9, 2\]"),
        (lambda one: one["ways"][0].update(domains=["motor"]), "ways 1, domains: there is no motor"),
        (lambda one: one["ways"][0].update(capacities=["iq"]), "ways 1, capacities: there is no iq"),
    ],
)
def test_a_broken_invitation_is_refused_by_place(
    change: Callable[[dict[str, Any]], object], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = copy.deepcopy(load("games"))
    change(broken["games"]["peekaboo"])
    monkeypatch.setattr(invitations_module, "load", lambda name: broken)
    with pytest.raises(ContentError, match=said):
        invitations("games")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_there_is_refused(kind: str) -> None:
    with pytest.raises(ContentError, match=f"{kind}: there is no tablet"):
        ONE[kind]("tablet")


def test_each_gap_is_named() -> None:
    """The check itself can fail: one poor invitation shows every kind of gap."""
    late = Way((40, 60), Text("Boils water", "Hierve agua"), Text("Is happy.", "Está feliz."), (), ())
    narrow = Way((4, 5), Text("Waits.", "Espera."), Text("Looks.", "Mira."), ("language",), ("people",))
    poor = Invitation(
        "poor", Text("Cup", "Cup"), (late, narrow), (AgedText(Text("Mind.", "Ojo."), (0, 3)),), ()
    )
    named = " | ".join(gaps(poor))
    for gap in (
        "name: both languages say the same",
        "ways 1 do: no stop at the end",
        "the ways are not in order of age",
        "(40, 60): no domain",
        "(40, 60): no capacity",
        "“happy” is not seen, in en",
        "“feliz” is not seen, in es",
        "“water” without a word on safety, in en",
    ):
        assert gap in named
