"""WebVTT: what is read, and that what is written reads back the same."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from time import process_time

from hypothesis import example, given, settings
from hypothesis import strategies as st

from apego.listening.formats import vtt
from apego.listening.formats.marks import marks_of
from apego.listening.formats.source import Source
from apego.listening.formats.times import clock
from apego.listening.transcript import Mark, Role, Transcript, Turn

# Signs that mean something to WebVTT, to names or to times, beside plain words of both languages.
CASES = json.loads((Path(__file__).parents[2] / "cases" / "webvtt.json").read_text(encoding="utf-8"))
WORDS, NAMES = st.sampled_from(CASES["words"]), st.sampled_from(CASES["names"])
TEXTS = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
TIMES = st.one_of(st.none(), st.integers(0, 40_000_000))
ROLES = st.sampled_from(list(Role))


@st.composite
def turns(draw: st.DrawFn) -> Turn:
    text = draw(TEXTS)
    start, end = draw(TIMES), draw(TIMES)
    if start is not None and end is not None:
        start, end = sorted((start, end))
    speaker = draw(st.one_of(st.just(""), NAMES))
    language = draw(st.sampled_from([None, "es", "en"]))
    marks = marks_of(text) | draw(st.frozensets(st.sampled_from(list(Mark)), max_size=2))
    return Turn(speaker, text, draw(ROLES), start, end, language, marks)


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    months = draw(st.one_of(st.none(), st.integers(0, 72)))
    stated = draw(st.dictionaries(NAMES, ROLES, max_size=3))
    return Transcript(tuple(draw(st.lists(turns(), max_size=6))), "v.vtt", (), stated, months)


def read_back(transcript: Transcript) -> Transcript:
    found = vtt.read(Source("v.vtt", vtt.write(transcript).encode()))
    return replace(found, turns=tuple(replace(turn, line=0) for turn in found.turns))


@given(transcripts())
@example(Transcript((Turn("", "Rosa: mire"), Turn("", "- hola"))))
@example(Transcript((Turn("Rosa", "x", Role.VISITOR), Turn("Rosa", "y", Role.OTHER))))
@example(Transcript((Turn("", "3", start_ms=0, end_ms=1), Turn("", "untimed", start_ms=2))))
def test_what_is_written_reads_back_the_same(transcript: Transcript) -> None:
    assert read_back(transcript).turns == transcript.turns
    assert read_back(transcript).child_months == transcript.child_months


@settings(max_examples=50)
@given(transcripts())
def test_roles_that_were_stated_or_set_are_stated_when_read_back(transcript: Transcript) -> None:
    set_in_turns: dict[str, Role] = {}
    for turn in transcript.turns:
        if turn.speaker and turn.role != Role.OTHER:
            set_in_turns.setdefault(turn.speaker, turn.role)
    expected = set_in_turns | transcript.stated
    # A name that itself looks like a statement cannot stand in the note; its turns carry its role.
    awkward = {"Ana, parent: Luz", "visitor: x"}
    found = read_back(transcript).stated
    assert without(found, awkward) == without(expected, awkward)


@settings(max_examples=50)
@given(transcripts())
def test_what_is_written_has_a_time_for_each_turn_and_needs_no_repair_but_for_its_order(
    transcript: Transcript,
) -> None:
    written = vtt.write(transcript)
    assert written.startswith("WEBVTT\n")
    assert sum("-->" in line for line in written.split("\n")) == len(transcript.turns)
    found = vtt.read(Source("v.vtt", written.encode()))
    assert {repair.code for repair in found.repairs} <= {
        "transcripts.repair-time-order",
        "transcripts.repair-no-speakers",
    }


def test_a_transcript_without_times_says_so_and_has_none_when_read_back() -> None:
    talk = Transcript((Turn("Rosa", "¿Y luego?"), Turn("Elena", "Se rió.")))
    assert "NOTE untimed" in vtt.write(talk)
    assert [turn.start_ms for turn in read_back(talk).turns] == [None, None]


def test_two_voices_in_a_cue_are_two_turns_with_the_times_of_the_cue() -> None:
    found = read("00:01.000 --> 00:02.000\n<v Rosa>Hola.</v> <v Elena>Pase.")
    assert [(turn.speaker, turn.text, turn.end_ms) for turn in found.turns] == [
        ("Rosa", "Hola.", 2000),
        ("Elena", "Pase.", 2000),
    ]


def test_a_voice_without_words_stays_since_somebody_was_heard() -> None:
    found = read("00:01.000 --> 00:02.000\n<v Beto></v>")
    assert [(turn.speaker, turn.text) for turn in found.turns] == [("Beto", "")]


def test_overlapping_cues_are_no_repair() -> None:
    found = read("00:01.000 --> 00:05.000\n<v Rosa>Sí\n\n00:02.000 --> 00:03.000\n<v Elena>Ya")
    assert found.repairs == ()


def test_a_sound_in_angle_brackets_becomes_an_act_and_a_name_hidden_there_stays() -> None:
    found = read("00:01.000 --> 00:05.000\n<v Rosa><laughs> Where is <NAME>?")
    assert found.turns[0].text == "[laughs] Where is <NAME>?"
    assert found.turns[0].marks == {Mark.LAUGHTER}


def test_a_colon_in_speech_is_no_name() -> None:
    found = read("00:01.000 --> 00:02.000\nY le dije: ya.\n\n00:02.000 --> 00:03.000\nMire: ahí está.")
    assert found.speakers == ("",)


def test_words_behind_the_time_are_kept_and_settings_are_not_words() -> None:
    found = read("00:01.000 --> 00:02.000 align:start line:0%\nHola\n\n00:03.000 --> 00:04.000 Pase usted")
    assert [turn.text for turn in found.turns] == ["Hola", "Pase usted"]


def test_a_comment_between_cues_is_no_talk() -> None:
    found = read("00:01.000 --> 00:02.000\n<v Rosa>Sí\n\nNOTE nobody says this\nnor this\n")
    assert [turn.text for turn in found.turns] == ["Sí"]


def test_reading_grows_with_the_length_and_not_with_its_square() -> None:
    def seconds(cues: int) -> float:
        lines = (f"{clock(number)} --> {clock(number + 900)}\n<v Rosa>Y luego" for number in range(cues))
        source = Source("v.vtt", ("WEBVTT\n\n" + "\n\n".join(lines)).encode())
        begun = process_time()
        assert len(vtt.read(source).turns) == cues
        return process_time() - begun

    few = min(seconds(500) for _ in range(3))
    assert min(seconds(5_000) for _ in range(2)) < 40 * few


def read(cues: str) -> Transcript:
    return vtt.read(Source("v.vtt", f"WEBVTT\n\n{cues}".encode()))


def without(roles: dict[str, Role], names: set[str]) -> dict[str, Role]:
    return {name: role for name, role in roles.items() if name not in names}
