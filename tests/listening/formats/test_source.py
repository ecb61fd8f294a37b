"""Letters and line ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.listening.formats.source import HEAD_BYTES, Source, without_entities
from apego.listening.transcript import TranscriptUnreadable

LATIN = st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), min_size=1)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_spanish_and_emoji_come_through_every_encoding(encoding: str) -> None:
    text = "Mamá: ¿Ya vio? 👶 Se paró solita, y volteó a verla."
    assert Source("v.txt", text.encode(encoding)).text() == (text, ())


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf_8_is_read_without_a_repair(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert Source("v.txt", text.encode()).text() == (text, ())


def test_windows_letters_are_guessed_and_said() -> None:
    text, repairs = Source("v.txt", "Mamá: “Sí” — volteó".encode("cp1252")).text()
    assert text == "Mamá: “Sí” — volteó"
    assert [repair.code for repair in repairs] == ["transcripts.repair-letters-guessed"]


def test_a_bad_byte_among_good_letters_costs_only_itself() -> None:
    data = "Mamá: volteó.\nRosa: ¿Sí?\n".encode() + b"Mam\xe1"
    text, repairs = Source("v.txt", data).text()
    assert text == "Mamá: volteó.\nRosa: ¿Sí?\nMam\ufffd"
    assert [(repair.line, repair.slots) for repair in repairs] == [(3, (("count", 1),))]


def test_the_head_ends_between_letters_even_where_the_bytes_are_cut_in_one() -> None:
    data = b"a" + "á".encode() * HEAD_BYTES
    assert Source("v.txt", data).head == "a" + "á" * ((HEAD_BYTES - 1) // 2)


@given(st.binary(max_size=200))
def test_any_bytes_give_some_text(data: bytes) -> None:
    text, _ = Source("v", data).text()
    assert "\r" not in text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "declared", ['<!DOCTYPE a [<!ENTITY b "c">]>', '<!ENTITY b SYSTEM "file:///etc/passwd">']
)
def test_xml_with_entities_of_its_own_is_refused_in_any_encoding(declared: str, encoding: str) -> None:
    source = Source("v.eaf", f'<?xml version="1.0"?>{declared}<a/>'.encode(encoding))
    with pytest.raises(TranscriptUnreadable) as refused:
        without_entities(source)
    assert refused.value.code == "transcripts.xml-entities"
