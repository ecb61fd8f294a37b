"""Praat: the long and the short form, and what is told about a damaged one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.listening.formats import textgrid
from apego.listening.formats.source import Source
from apego.listening.transcript import Role, Transcript, TranscriptUnreadable

LONG = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 9.5
tiers? <exists>
size = 3
item []:
    item [1]:
        class = "IntervalTier"
        name = "MOT*"
        xmin = 0
        xmax = 9.5
        intervals: size = 3
        intervals [1]:
            xmin = 1e-05
            xmax = 1.25
            text = "mira [3] la ""tapa"", 2 = 2"
        intervals [2]:
            xmin = 1.25
            xmax = 4
            text = ""
        intervals [3]:
            xmin = 4
            xmax = 9.5
            text = "y
ahora"
    item [2]:
        class = "IntervalTier"
        name = "CHI"
        xmin = 0
        xmax = 9.5
        intervals: size = 1
        intervals [1]:
            xmin = 2.0004
            xmax = 3
            text = "1"
    item [3]:
        class = "TextTier"
        name = "beeps"
        xmin = 0
        xmax = 9.5
        points: size = 1
        points [1]:
            number = 2
            mark = "beep"
"""
SHORT = """File type = "ooTextFile short"
"TextGrid"

0
9.5
<exists>
2
"IntervalTier"
"Luz"
0
9.5
2
0
1.5
"¿Y ahora?"
1.5
9.5
""
"IntervalTier"
"Nico"
0
9.5
1
2
3
"ba"
"""


def read(text: str, encoding: str = "utf-8") -> Transcript:
    return textgrid.read(Source("made.TextGrid", text.encode(encoding)))


def codes(transcript: Transcript) -> list[str]:
    return [repair.code.removeprefix("transcripts.") for repair in transcript.repairs]


def test_the_long_form_is_read() -> None:
    visit = read(LONG)
    assert [(turn.speaker, turn.text, turn.start_ms, turn.end_ms, turn.line) for turn in visit.turns] == [
        ("MOT", 'mira [3] la "tapa", 2 = 2', 0, 1250, 18),
        ("CHI", "[sound]", 2000, 3000, 37),
        ("MOT", "y ahora", 4000, 9500, 26),
    ]
    assert visit.stated == {"MOT": Role.PARENT, "CHI": Role.CHILD}


def test_points_are_no_talk_and_that_is_told() -> None:
    (repair,) = read(LONG).repairs
    assert (repair.code, dict(repair.slots)) == (
        "transcripts.repair-tier-left-out",
        {"tier": "beeps", "count": 1},
    )


def test_the_short_form_is_read() -> None:
    visit = read(SHORT)
    assert [(turn.speaker, turn.text) for turn in visit.turns] == [("Luz", "¿Y ahora?"), ("Nico", "ba")]
    assert visit.repairs == ()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "cp1252"])
def test_the_letters_of_praat_are_read(encoding: str) -> None:
    assert read(SHORT, encoding).turns[0].text == "¿Y ahora?"


def test_a_damaged_entry_does_not_end_the_tier() -> None:
    damaged = LONG.replace("xmax = 1.25\n            text", "xmax =\n            text", 1)
    visit = read(damaged)
    assert len(visit.turns) == 3
    assert "repair-time" in codes(visit)


def test_a_missing_quotation_mark_costs_one_line_and_is_told() -> None:
    visit = read(LONG.replace('2 = 2"', "2 = 2", 1))
    assert [turn.text for turn in visit.turns] == ['mira [3] la "tapa", 2 = 2', "[sound]", "y ahora"]
    assert "repair-label-open" in codes(visit)


def test_a_file_that_breaks_off_is_read_and_told() -> None:
    visit = read(LONG[: LONG.index("intervals [3]")])
    assert [turn.start_ms for turn in visit.turns] == [0]
    (repair,) = visit.repairs
    assert (repair.code, dict(repair.slots)) == ("transcripts.repair-fewer", {"expected": 3, "found": 2})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"ooBinaryFile\x08TextGrid\x00\x01", "transcripts.textgrid-binary"),
        (b'File type = "ooTextFile"\nObject class = "TextGrid"\n', "transcripts.textgrid-no-tiers"),
        (b"", "transcripts.textgrid-no-tiers"),
    ],
    ids=["binary", "no tiers", "empty"],
)
def test_what_cannot_be_read_is_refused_with_its_sentence(data: bytes, code: str) -> None:
    with pytest.raises(TranscriptUnreadable) as refused:
        textgrid.read(Source("made.TextGrid", data))
    assert refused.value.code == code


@pytest.mark.parametrize("form", ["long_textgrid", "short_textgrid"])
def test_it_reads_a_whole_file_as_praatio_does(form: str, tmp_path: Path) -> None:
    praatio = pytest.importorskip("praatio.textgrid", reason="praatio is the peer")
    said = [(0.5, 1.5, 'di "hola"'), (2.25, 3.125, "¿ya?")]
    grid = praatio.Textgrid()
    grid.addTier(praatio.IntervalTier("Luz", said, 0, 10))
    path = tmp_path / "made.TextGrid"
    grid.save(str(path), format=form, includeBlankSpaces=True)
    peer = praatio.openTextgrid(str(path), includeEmptyIntervals=False).getTier("Luz").entries
    ours = textgrid.read(Source(path.name, path.read_bytes())).turns
    theirs = [(round(each.start * 1000), round(each.end * 1000), each.label) for each in peer]
    assert [(turn.start_ms, turn.end_ms, turn.text) for turn in ours] == theirs


@given(st.data())
def test_no_damage_makes_it_stumble(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([LONG, SHORT]))
    at = data.draw(st.integers(0, len(whole)))
    put = data.draw(st.text(alphabet='" \n1.e-9!<>[]=textIntervalTier', max_size=10))
    damaged = whole[:at] + put + whole[at + data.draw(st.integers(0, 60)) :]
    try:
        turns = read(damaged).turns
    except TranscriptUnreadable as refused:
        assert refused.code.startswith("transcripts.")
    else:
        assert all(turn.text for turn in turns)
