"""ELAN: whose tier it is, which tiers hold no talk, and what is read of a damaged file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.listening.formats import elan
from apego.listening.formats.source import Source
from apego.listening.transcript import Mark, Role, Transcript, TranscriptUnreadable

# name, attributes, and (start, end, text) or, on a dependent tier, (the annotation above, text)
Aligned = tuple[int | None, int | None, str]
Tier = tuple[str, str, list[Aligned]]
Below = tuple[str, str, list[tuple[str, str]]]


def eaf(*tiers: Tier, below: tuple[Below, ...] = ()) -> str:
    slots: list[str] = []
    body: list[str] = []
    for name, attributes, notes in tiers:
        body.append(f'<TIER TIER_ID="{name}" {attributes}>')
        for start, end, text in notes:
            for value in (start, end):
                time = "" if value is None else f'TIME_VALUE="{value}"'
                slots.append(f'<TIME_SLOT TIME_SLOT_ID="ts{len(slots)}" {time}/>')
            last = len(slots) - 1
            body.append(f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{len(slots) // 2}"')
            body.append(f'TIME_SLOT_REF1="ts{last - 1}" TIME_SLOT_REF2="ts{last}">')
            body.append(f"<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>")
        body.append("</TIER>")
    for name, parent, codes in below:
        body.append(f'<TIER TIER_ID="{name}" PARENT_REF="{parent}">')
        for about, code in codes:
            body.append(f'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="r{len(body)}" ANNOTATION_REF="{about}">')
            body.append(f"<ANNOTATION_VALUE>{code}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>")
        body.append("</TIER>")
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<ANNOTATION_DOCUMENT VERSION="3.0">']
    return "\n".join([*lines, "<TIME_ORDER>", *slots, "</TIME_ORDER>", *body, "</ANNOTATION_DOCUMENT>"])


def read(text: str) -> Transcript:
    return elan.read(Source("made.eaf", text.encode()))


def codes(transcript: Transcript) -> list[str]:
    return [repair.code.removeprefix("transcripts.") for repair in transcript.repairs]


def test_turns_of_all_tiers_stand_in_the_order_of_time() -> None:
    visit = read(
        eaf(("Luz", "", [(900, 1500, "¿Ba?")]), ("Nico", "", [(100, 700, "Ba"), (1600, 1900, "Ba")]))
    )
    assert [(turn.speaker, turn.text, turn.start_ms, turn.end_ms) for turn in visit.turns] == [
        ("Nico", "Ba", 100, 700),
        ("Luz", "¿Ba?", 900, 1500),
        ("Nico", "Ba", 1600, 1900),
    ]


def test_the_participant_names_the_speaker_where_it_is_one_tier_s() -> None:
    visit = read(
        eaf(
            ("CHI", 'PARTICIPANT="Nico"', [(0, 1, "ba")]),
            ("FA1", 'PARTICIPANT="Mother"', [(2, 3, "sí")]),
            ("FA2", 'PARTICIPANT="MULTI"', [(4, 5, "ven")]),
            ("MC1", 'PARTICIPANT="MULTI"', [(6, 7, "no")]),
        )
    )
    assert visit.speakers == ("Nico", "Mother", "FA2", "MC1")
    assert visit.stated == {"Nico": Role.CHILD, "Mother": Role.PARENT, "MC1": Role.OTHER}


def test_a_tier_named_for_what_it_holds_gives_its_speaker() -> None:
    visit = read(eaf(("transcription@MOT", "", [(0, 1, "ya")]), ("CHI*", "", [(2, 3, "ba")])))
    assert visit.stated == {"MOT": Role.PARENT, "CHI": Role.CHILD}


@pytest.mark.parametrize(
    ("kind", "text", "marks"),
    [("C", "[sound]", {Mark.SOUND}), ("Y", "[cries]", {Mark.CRYING}), ("L", "[laughs]", {Mark.LAUGHTER})],
)
def test_a_stretch_without_words_is_what_the_voice_tier_says(kind: str, text: str, marks: set[Mark]) -> None:
    visit = read(eaf(("CHI", "", [(0, 900, "0.")]), below=(("vcm@CHI", "CHI", [("a1", kind)]),)))
    assert visit.turns[0].text == text
    assert visit.turns[0].marks == marks
    assert codes(visit) == []


def test_words_are_taken_from_the_tier_below_where_the_tier_itself_has_none() -> None:
    below: tuple[Below, ...] = (
        ("xds@MOT", "MOT", [("a1", "C")]),
        ("text@MOT", "MOT", [("a1", "mira la tapa")]),
        ("gloss@MOT", "MOT", [("a1", "look at the lid")]),
    )
    visit = read(eaf(("MOT", "", [(0, 900, "")]), below=below))
    assert visit.turns[0].text == "mira la tapa"
    assert codes(visit) == ["repair-tier-left-out", "repair-tier-left-out"]


def test_chat_signs_inside_elan_are_read_too() -> None:
    (turn,) = read(eaf(("MOT", "", [(0, 1, "xxx &amp;=laughs leche .")]))).turns
    assert (turn.text, turn.words) == ("[unintelligible] [laughs] leche.", 1)
    assert turn.marks == {Mark.UNINTELLIGIBLE, Mark.LAUGHTER}


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("notes", [(0, 9, "she looks tired")]),
        ("Ana - phones", [(0, 9, "b")]),
        ("Remember-me", [(0, 9, "CHI")]),
    ],
)
def test_a_tier_that_holds_no_talk_is_left_out_and_told(name: str, notes: list[Aligned]) -> None:
    visit = read(eaf(("CHI", "", [(0, 1, "ba")]), (name, "", notes)))
    assert visit.speakers == ("CHI",)
    (repair,) = visit.repairs
    assert (repair.code, dict(repair.slots)) == (
        "transcripts.repair-tier-left-out",
        {"tier": name, "count": 1},
    )


def test_a_tier_without_participant_is_no_speaker_where_others_have_one() -> None:
    visit = read(eaf(("Luz", 'PARTICIPANT="Luz"', [(0, 1, "ven")]), ("windows", "", [(0, 9, "first")])))
    assert visit.speakers == ("Luz",)
    assert codes(visit) == ["repair-tier-left-out"]


def test_missing_and_backward_times_are_told() -> None:
    visit = read(eaf(("MOT", "", [(None, 5, "uno"), (900, 100, "dos")])))
    assert [(turn.text, turn.start_ms, turn.end_ms) for turn in visit.turns] == [
        ("dos", 900, 900),
        ("uno", None, 5),
    ]
    assert sorted(codes(visit)) == ["repair-time", "repair-time-backwards"]


WHOLE = eaf(("MOT", "", [(0, 900, "mira"), (1000, 1900, "la tapa")]), ("CHI", "", [(2000, 2500, "ba")]))


@pytest.mark.parametrize(
    ("broken", "kept", "code"),
    [
        (WHOLE[: WHOLE.index("la tapa")], 1, "repair-cut-off"),
        (WHOLE.replace("mira", "mira & mira", 1), 3, "repair-markup"),
        (WHOLE.replace("mira", "mira\x0b", 1), 3, "repair-markup"),
        (WHOLE.replace("</ANNOTATION>", "", 1), 3, "repair-markup"),
        (WHOLE.replace("<ANNOTATION_VALUE>mira</ANNOTATION_VALUE>", "", 1), 3, None),
        (WHOLE.replace('TIME_VALUE="900"', 'TIME_VALUE="soon"', 1), 3, "repair-time"),
        (WHOLE.replace('ANNOTATION_ID="a1"', "", 1), 3, None),
        (WHOLE.replace('encoding="UTF-8"', 'encoding="UTF-16"', 1), 3, None),
    ],
    ids=["cut off", "bare &", "control sign", "not closed", "no value", "no time", "no id", "wrong encoding"],
)
def test_what_can_be_read_of_a_damaged_file_is_read(broken: str, kept: int, code: str | None) -> None:
    visit = read(broken)
    assert len(visit.turns) >= kept
    assert code is None or code in codes(visit)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('<!DOCTYPE x [<!ENTITY a "aaaa">]>' + WHOLE, "transcripts.xml-entities"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd">' + WHOLE, "transcripts.xml-entities"),
        ("<ANNOTATION_DOCUMENT>", "transcripts.elan-no-tiers"),
        ("no xml at all", "transcripts.elan-no-tiers"),
    ],
    ids=["entities", "outside", "no tiers", "no xml"],
)
def test_what_cannot_be_read_is_refused_with_its_sentence(text: str, code: str) -> None:
    with pytest.raises(TranscriptUnreadable) as refused:
        read(text)
    assert refused.value.code == code


def test_it_reads_a_whole_file_as_pympi_does(tmp_path: Path) -> None:
    pympi = pytest.importorskip("pympi", reason="pympi-ling is the peer")
    written = pympi.Elan.Eaf(author="made")
    written.remove_tier("default")
    for tier in ("Luz", "Nico"):
        written.add_tier(tier)
    said = [
        ("Luz", 0, 800, "¿Qué ves, mi amor?"),
        ("Nico", 900, 1500, "Eso"),
        ("Luz", 1600, 2000, "A & B < C"),
    ]
    for tier, start, end, text in said:
        written.add_annotation(tier, start, end, text)
    path = tmp_path / "made.eaf"
    written.to_file(str(path))
    turns = elan.read(Source(path.name, path.read_bytes())).turns
    assert [(turn.speaker, turn.start_ms, turn.end_ms, turn.text) for turn in turns] == said


@given(st.data())
def test_no_damage_makes_it_stumble(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(WHOLE)))
    much = data.draw(st.integers(0, 40))
    put = data.draw(st.text(alphabet='<>&"/= a\x00\x0bé!-[]?', max_size=8))
    damaged = WHOLE[:at] + put + WHOLE[at + much :]
    try:
        turns = read(damaged).turns
    except TranscriptUnreadable as refused:
        assert refused.code.startswith("transcripts.")
    else:
        assert all(turn.text for turn in turns)
