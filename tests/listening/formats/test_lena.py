"""LENA: which segments are turns, what they hold, and the child's age."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.listening.formats import lena
from apego.listening.formats.source import Source
from apego.listening.transcript import Mark, Role, Transcript, TranscriptUnreadable
from apego.listening.turns import is_speech

HEAD = '<?xml version="1.0" encoding="UTF-8" ?>\n<!DOCTYPE ITS SYSTEM "its.dtd" >\n<ITS fileName="made">'
DAY = """
<ChildInfo dob="2015-12-31" gender="M" chronologicalAge="P22M" />
<Recording num="1" startClockTime="2017-11-07T10:16:13Z" startTime="PT0.00S" endTime="PT99.00S">
<Segment spkr="CHN" childUttCnt="2" startUtt1="PT1.00S" startTime="PT1.00S" endTime="PT2.50S" />
<Segment spkr="FAN" femaleAdultWordCnt="4.10" startTime="PT3.00S" endTime="PT4.25S" />
<Segment spkr="SIL" startTime="PT4.25S" endTime="PT9.00S" />
<Segment spkr="CHN" childUttCnt="0" startCry1="PT9.00S" startTime="PT9.00S" endTime="PT11.00S" />
<Segment spkr="CHN" childUttCnt="0" startVfx1="PT11.00S" startTime="PT11.00S" endTime="PT12.00S" />
<Segment spkr="OLN" startTime="PT12.00S" endTime="PT13.00S" />
<Segment spkr="FAF" startTime="PT13.00S" endTime="PT14.00S" />
</Recording>
"""


def read(body: str = DAY, head: str = HEAD) -> Transcript:
    return lena.read(Source("made.its", f"{head}{body}</ITS>".encode()))


def test_near_voices_are_turns_without_words() -> None:
    visit = read()
    assert [(turn.speaker, turn.text, turn.start_ms, turn.end_ms) for turn in visit.turns] == [
        ("CHN", "[sound]", 1000, 2500),
        ("FAN", "[sound]", 3000, 4250),
        ("CHN", "[cries]", 9000, 11000),
        ("CHN", "[coughs, or another sound of the body]", 11000, 12000),
        ("OLN", "[sound]", 12000, 13000),
    ]
    assert [is_speech(turn) for turn in visit.turns] == [True, True, False, False, True]
    assert visit.turns[2].marks == {Mark.CRYING}
    assert visit.turns[0].line == 6


def test_what_is_left_out_is_told() -> None:
    (repair,) = read().repairs
    assert (repair.code, dict(repair.slots)) == ("transcripts.repair-lena-left-out", {"count": 2})


def test_who_the_woman_is_lena_does_not_know() -> None:
    assert read().stated == {"CHN": Role.CHILD, "OLN": Role.OTHER}


@pytest.mark.parametrize(
    ("replaced", "by", "months"),
    [
        ("P22M", "P22M", 22),
        ("P22M", "P1Y3M", 15),
        ("P22M", "", 22),
        ('dob="2015-12-31" gender="M" chronologicalAge="P22M"', 'dob="2016-11-08"', 11),
        ('dob="2015-12-31" gender="M" chronologicalAge="P22M"', 'dob="soon"', None),
        ('dob="2015-12-31" gender="M" chronologicalAge="P22M"', 'dob="2019-02-31"', None),
    ],
    ids=["months", "years", "from birth", "day not reached", "no day", "no such day"],
)
def test_the_child_s_age_is_read_or_reckoned(replaced: str, by: str, months: int | None) -> None:
    assert read(DAY.replace(replaced, by)).child_months == months


def test_a_time_that_cannot_be_read_is_told() -> None:
    visit = read(DAY.replace("PT2.50S", "later"))
    assert visit.turns[0].start_ms is None
    assert "transcripts.repair-time" in [repair.code for repair in visit.repairs]


def test_a_file_that_breaks_off_is_read_and_told() -> None:
    visit = lena.read(Source("made.its", (HEAD + DAY[: DAY.index("OLN")]).encode()))
    assert len(visit.turns) == 4
    assert "transcripts.repair-cut-off" in [repair.code for repair in visit.repairs]


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ('<!DOCTYPE ITS [<!ENTITY a "a">]><ITS>', "transcripts.xml-entities"),
        ('<!DOCTYPE ITS SYSTEM "its.dtd"><!DOCTYPE ITS [<!ENTITY a "a">]><ITS>', "transcripts.xml-entities"),
    ],
    ids=["entities", "twice"],
)
def test_a_file_that_declares_entities_is_refused(head: str, code: str) -> None:
    with pytest.raises(TranscriptUnreadable) as refused:
        read(head=head)
    assert refused.value.code == code


def test_a_file_without_a_segment_is_refused() -> None:
    with pytest.raises(TranscriptUnreadable) as refused:
        read("<Bar/>")
    assert refused.value.code == "transcripts.lena-no-segments"


@given(st.data())
def test_no_damage_makes_it_stumble(data: st.DataObject) -> None:
    whole = f"{HEAD}{DAY}</ITS>"
    at = data.draw(st.integers(0, len(whole)))
    put = data.draw(st.text(alphabet='<>&"/= aPT1.S\x00!-[]?', max_size=8))
    damaged = whole[:at] + put + whole[at + data.draw(st.integers(0, 40)) :]
    try:
        turns = lena.read(Source("made.its", damaged.encode())).turns
    except TranscriptUnreadable as refused:
        assert refused.code.startswith("transcripts.")
    else:
        assert all(turn.text for turn in turns)
