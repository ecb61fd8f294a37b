"""CHAT: what its signs become, and what is told about a file that is not whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.listening.formats import chat
from apego.listening.formats.chat_words import readable
from apego.listening.formats.marks import marks_of
from apego.listening.formats.source import Source
from apego.listening.transcript import Mark, Role, Transcript

CASES = json.loads((Path(__file__).parents[2] / "cases" / "chat.json").read_text(encoding="utf-8"))
HEAD = """@UTF8
@Begin
@Languages:	eng
@Participants:	CHI Nico Target_Child , MOT Luz Mother , INV Ana Investigator , SIS Eva Sister
@ID:	eng|made|CHI|1;4.11|male|||Target_Child|||
@ID:	eng|made|MOT|||||Mother|||
@ID:	eng|made|INV|||||Investigator|||
"""


def read(body: str, head: str = HEAD, end: str = "@End\n") -> Transcript:
    return chat.read(Source("made.cha", (head + body + end).encode()))


def repaired(transcript: Transcript) -> list[tuple[int, str]]:
    return [(repair.line, repair.code.removeprefix("transcripts.")) for repair in transcript.repairs]


@pytest.mark.parametrize("case", [*CASES["made"], *CASES["negative"]], ids=lambda case: case["raw"][:30])
def test_signs_become_text(case: dict[str, str]) -> None:
    seen = readable(case["raw"])
    assert seen.text == case["text"]
    assert sorted(seen.marks | marks_of(seen.text)) == sorted(map(Mark, case.get("marks", ())))


@pytest.mark.xfail(reason="a known limit")
@pytest.mark.parametrize("case", CASES["known_failures"], ids=lambda case: case["raw"][:30])
def test_signs_not_yet_read_well(case: dict[str, str]) -> None:
    assert readable(case["raw"]).text == case["text"]


def test_the_header_says_who_is_who_and_how_old_the_child_is() -> None:
    visit = read("*INV:\thello .\n*MOT:\thi .\n*CHI:\tba .\n*SIS:\tno .\n")
    assert visit.stated == {"CHI": "child", "MOT": "parent", "INV": "visitor", "SIS": "other"}
    assert [turn.role for turn in visit.turns] == [Role.VISITOR, Role.PARENT, Role.CHILD, Role.OTHER]
    assert visit.child_months == 16
    assert visit.source == "made.cha"


def test_a_playmate_is_not_the_child_where_there_is_one() -> None:
    head = "@Begin\n@Participants:\tCHI Target_Child , AMY Child\n"
    assert read("*AMY:\tmine .\n", head).stated == {"CHI": "child", "AMY": "other"}


def test_a_code_speaks_where_the_header_is_silent() -> None:
    assert read("*MOT:\tmira .\n", "@Begin\n").turns[0].role == Role.OTHER
    assert read("*MOT:\tmira .\n", "@Begin\n@ID:\tspa|made|MOT|||||Mother|||\n").turns


def test_times_come_from_the_bullet_and_lines_from_the_file() -> None:
    turns = read("*MOT:\tmira la\n\ttapa . \x15100_950\x15\n%com:\tmusic\n*CHI:\tba .\n").turns
    assert [(turn.text, turn.start_ms, turn.end_ms, turn.line) for turn in turns] == [
        ("mira la tapa.", 100, 950, 8),
        ("ba.", None, None, 11),
    ]


def test_bullets_of_old_files_and_several_in_one_line_are_read() -> None:
    turns = read(
        '*MOT:\tmira . \x15%snd:"a.wav"_100_900\x15\n*MOT:\tsí . \x151_2\x15 no . \x153_44\x15\n'
    ).turns
    assert [(turn.start_ms, turn.end_ms) for turn in turns] == [(100, 900), (1, 44)]


def test_a_bullet_that_lost_its_sign_is_a_time_all_the_same() -> None:
    (turn,) = read("*MOT:\tmira . 100_900\n").turns
    assert (turn.text, turn.start_ms, turn.end_ms) == ("mira.", 100, 900)


def test_the_language_of_a_turn_is_told_where_there_is_no_choice() -> None:
    assert read("*MOT:\thi .\n*MOT:\t[- spa] ven .\n").turns[1].language == "es"
    assert read("*MOT:\thi .\n").turns[0].language == "en"
    two = HEAD.replace("@Languages:\teng", "@Languages:\teng, spa").replace(
        "@ID:\teng|made|MOT", "@ID:\teng, spa|made|MOT"
    )
    assert read("*MOT:\thi .\n", two).turns[0].language is None


def test_an_act_without_words_tells_what_was_done() -> None:
    act, sound, bare = read(
        "*CHI:\t0 . \x15100_900\x15\n%act:\t<aft> CHI looks at MOT , smiles\n"
        "*CHI:\t0 [=! voc] .\n%gpx:\treaches for INV's hand\n*CHI:\t0 .\n"
    ).turns
    assert (act.text, act.words) == ("[looks at MOT, smiles]", 0)
    assert (sound.text, sound.words) == ("[vocalizes] [reaches for INV's hand]", 0)
    assert bare.text == "[acts without words]"
    assert [turn.marks for turn in (act, sound, bare)] == [{Mark.ACT}, {Mark.SOUND, Mark.ACT}, {Mark.ACT}]


def test_an_act_is_an_act_whatever_it_is_done_with() -> None:
    act, noise = read("*CHI:\t0 .\n%act:\tlooks at phone\n*CHI:\t&=noise .\n").turns
    assert (act.text, noise.text) == ("[looks at phone]", "[noise]")
    assert [turn.marks for turn in (act, noise)] == [{Mark.ACT}, {Mark.SOUND}]


def test_two_lines_of_acts_are_both_read() -> None:
    (turn,) = read("*CHI:\t0 .\n%act:\tsits ,\n\tlooks up\n%act:\tstands\n").turns
    assert turn.text == "[sits, looks up; stands]"


def test_what_was_done_meanwhile_stands_behind_the_words() -> None:
    (turn,) = read("*MOT:\tmira .\n%act:\tMOT holds the lid in front of CHI\n").turns
    assert (turn.text, turn.spoken) == ("mira. [holds the lid in front of CHI]", "mira.")


def test_words_that_another_put_in_are_theirs() -> None:
    first, second = read("*MOT:\tand then &*INV:mhm he ran .\n").turns
    assert (first.speaker, first.text, second.speaker, second.text) == (
        "MOT",
        "and then he ran.",
        "INV",
        "mhm",
    )


@pytest.mark.parametrize(
    ("body", "texts", "repairs"),
    [
        ("*MOT mira .\n", ["mira."], [(8, "repair-chat-colon")]),
        ("*MOT: mira .\n", ["mira."], []),
        ("*MOT:\tmira\nla tapa .\n", ["mira la tapa."], [(9, "repair-chat-wrapped")]),
        (
            "*MOT:\tmira .\n%mor:\tv|mirar .\nstray words\n*CHI:\tba .\n",
            ["mira.", "ba."],
            [(10, "repair-line-left-out")],
        ),
        ("*\n*MOT:\tmira .\n", ["mira."], [(8, "repair-line-left-out")]),
        ("*MOT:\t\n*CHI:\tba .\n", ["ba."], [(8, "repair-nothing-said")]),
        ("*MOT:\tmira . \x15950_100\x15\n", ["mira."], [(8, "repair-time-backwards")]),
        ("*MOT:\tmira . \x15soon\x15\n", ["mira."], [(8, "repair-time")]),
        ("*MOT:\tmira .\n@Comment:\tmusic\nstray\n", ["mira."], [(10, "repair-line-left-out")]),
        ("\tmira\n*MOT:\tmira .\n", ["mira."], []),
        ("%com:\tmusic\n*MOT:\tmira .\n", ["mira."], [(8, "repair-line-left-out")]),
        ("*MOT:\tmira ] .\n", ["mira."], []),
    ],
    ids=[
        "colon",
        "blank for tab",
        "wrapped",
        "stray",
        "no code",
        "nothing",
        "backwards",
        "no time",
        "stray below",
        "header",
        "lost act",
        "bracket",
    ],
)
def test_a_damaged_line_is_mended_and_told(
    body: str, texts: list[str], repairs: list[tuple[int, str]]
) -> None:
    visit = read(body)
    assert [turn.text for turn in visit.turns] == texts
    assert repaired(visit) == repairs


def test_a_file_that_breaks_off_is_read_and_told() -> None:
    visit = read("*MOT:\tmira .\n", end="")
    assert len(visit.turns) == 1
    assert repaired(visit) == [(9, "repair-chat-no-end")]


def test_no_word_of_the_visit_stands_in_a_repair() -> None:
    visit = read("*MOT secret\n*\nsecret\n*MOT:\tmira \x15secret\x15 .\nsecret .\n", end="")
    assert len(visit.repairs) >= 4
    assert "secret" not in repr(visit.repairs)


@given(st.text(alphabet=st.sampled_from("ab <>[]/x:=!&+*-@0.,?\x15_1()\n\t%"), max_size=120))
def test_no_text_makes_it_stumble(body: str) -> None:
    visit = read("*CHI:\t" + body + "\n")
    assert all(turn.text for turn in visit.turns)


@given(st.lists(st.sampled_from(["mira", "la", "tapa", "ven", "sí"]), min_size=1, max_size=8))
def test_plain_words_stay_as_they_are(words: list[str]) -> None:
    assert readable(" ".join(words) + " .").text == " ".join(words) + "."
