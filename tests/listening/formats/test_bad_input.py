"""Files that are no transcripts: each has its sentence, and none is a traceback."""

from __future__ import annotations

import io
import os
import random
import re
import zipfile
from functools import partial
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings

from apego.listening import formats
from apego.listening.transcript import TranscriptUnreadable
from apego.practice.content import LANGUAGES
from apego.practice.sentences import say, sentences, slots_of
from benchmark.fuzz import READERS, damaged, made_for, surprise

SOURCES = Path(formats.__file__).parent
CASES = Path(__file__).parents[2] / "cases" / "transcripts"

BEGINNINGS = {
    "transcripts.pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "transcripts.old-word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64),
    "transcripts.rich-text": b"{\\rtf1\\ansi Ana: Hola}",
    "transcripts.recording": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "transcripts.picture": b"\x89PNG\r\n\x1a\n\x00\x00",
    "transcripts.archive": b"\x1f\x8b\x08\x00abc",
    "transcripts.binary": bytes(range(1, 32)) * 20,
    "transcripts.web-page": b"<!DOCTYPE html><html><body>Ana: Hola</body></html>",
    "transcripts.xml-other": b'<?xml version="1.0"?><notes><p>Ana: Hola</p></notes>',
    "transcripts.empty": b" \r\n\t ",
    "transcripts.json-other": b'{"people": [{"name": "Ana"}]}',
    "transcripts.json-broken": b'{"segments": [{"text": "Ho',
    "transcripts.no-turns": b"WEBVTT\n\n00:01.000 --> 00:02.000\n",
}


def refusal(data: bytes, name: str) -> TranscriptUnreadable:
    with pytest.raises(TranscriptUnreadable) as refused:
        formats.read_data(data, name)
    return refused.value


@pytest.mark.parametrize("code", BEGINNINGS)
def test_what_is_no_transcript_is_told_what_it_looks_like(code: str) -> None:
    assert refusal(BEGINNINGS[code], "visit.bin").code == code


@pytest.mark.parametrize("code", BEGINNINGS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_can_be_said(code: str, language: str) -> None:
    refused = refusal(BEGINNINGS[code], "visit.bin")
    assert "visit.bin" in say(refused.code, "es" if language == "es" else "en", **refused.slots)


def test_a_movie_is_a_recording() -> None:
    assert refusal(b"\x00\x00\x00\x20ftypM4A \x00", "visit.m4a").code == "transcripts.recording"


def test_a_table_by_name_without_headings_is_told_to_have_some() -> None:
    assert refusal(b"Ana,Hola\nLuz,Pase\n", "visit.csv").code == "transcripts.table-heading"


@pytest.mark.parametrize(
    ("inside", "code"),
    [("xl/workbook.xml", "transcripts.spreadsheet"), ("notes.txt", "transcripts.archive")],
)
def test_a_packed_file_is_told_apart_by_what_is_inside(inside: str, code: str) -> None:
    assert refusal(packed({inside: b"Ana: Hola"}), "visit.zip").code == code


def test_a_document_of_another_writer_is_told_to_be_saved_as_word() -> None:
    data = packed({"mimetype": b"application/vnd.oasis.opendocument.text"}, zipfile.ZIP_STORED)
    assert refusal(data, "visit.odt").code == "transcripts.open-document"


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    assert refusal_of(tmp_path / "no.vtt").code == "transcripts.missing"


def test_a_file_under_a_file_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ana: Hola")
    assert refusal_of(tmp_path / "a.txt" / "b.txt").code == "transcripts.missing"


def test_a_folder_says_so(tmp_path: Path) -> None:
    assert refusal_of(tmp_path).code == "transcripts.folder"


def test_a_name_that_no_system_can_open_says_so() -> None:
    assert refusal_of(Path("a\0b.vtt")).code in {"transcripts.closed", "transcripts.missing"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open everything")
def test_a_file_that_may_not_be_opened_says_so(tmp_path: Path) -> None:
    path = tmp_path / "closed.vtt"
    path.write_text("WEBVTT")
    path.chmod(0)
    assert refusal_of(path).code == "transcripts.closed"


def test_a_file_of_200_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "day.vtt"
    with path.open("wb") as file:
        file.truncate(200_000_000)  # sparse: no byte of it stands on the disk
    assert refusal_of(path).code == "transcripts.too-large"


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = packed({"word/document.xml": bytes(70_000_000)})
    assert len(bomb) < 100_000
    assert refusal(bomb, "visit.docx").code == "transcripts.zip-too-large"


def test_a_zip_that_lies_about_its_size_is_not_unpacked_further_than_it_said() -> None:
    bomb = bytearray(packed({"word/document.xml": bytes(70_000_000)}))
    said, lie = (70_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little")
    assert refusal(bytes(bomb).replace(said, lie), "visit.docx").code == "transcripts.word-broken"


def test_a_word_document_with_entities_is_refused() -> None:
    declared = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert refusal(packed({"word/document.xml": declared}), "visit.docx").code == "transcripts.xml-entities"


def test_half_a_word_document_is_told_to_be_mended() -> None:
    document = docx.Document()
    document.add_paragraph("Ana: Hola")
    written = io.BytesIO()
    document.save(written)
    data = written.getvalue()
    assert refusal(data[: len(data) // 2], "visit.docx").code == "transcripts.word-broken"


@pytest.mark.parametrize(
    "suffix", [".txt", ".vtt", ".json", ".csv", ".eaf", ".its", ".cha", ".TextGrid", ".docx"]
)
def test_deep_nesting_is_no_traceback(suffix: str) -> None:
    for deep in ("[" * 100_000, '{"segments":' * 50_000, "<a>" * 100_000, "((((" * 50_000):
        assert surprise(partial(formats.read_data, deep.encode(), f"visit{suffix}")) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_about_a_file_says_what_to_do(language: str) -> None:
    slots: dict[str, str | int] = {"name": "visit.vtt", "path": "visit.vtt", "limit": 200}
    for code in re.findall(r"transcripts\.[\w-]+", (SOURCES / "__init__.py").read_text(encoding="utf-8")):
        assert say(code, "es" if language == "es" else "en", **slots).count(".") >= 2


def test_every_code_of_the_readers_has_its_sentence() -> None:
    known = sentences("transcripts")
    for path in SOURCES.glob("*.py"):
        for code in re.findall(r"\"transcripts\.([\w-]+)\"", path.read_text(encoding="utf-8")):
            assert code in known, f"{path.name}: {code}"


def test_both_languages_of_a_sentence_have_the_same_slots() -> None:
    for key, sentence in sentences("transcripts").items():
        assert slots_of(sentence.en) == slots_of(sentence.es), key


@pytest.mark.parametrize("reader", READERS)
def test_a_hundred_invented_files_give_a_transcript_or_a_sentence(reader: str) -> None:
    @settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(made_for(reader))
    def check(data: bytes) -> None:
        assert surprise(partial(READERS[reader], data)) is None

    check()


@pytest.mark.parametrize("path", sorted(CASES.glob("*.*")), ids=lambda path: path.name)
def test_a_made_file_cut_shuffled_or_re_encoded_gives_a_transcript_or_a_sentence(path: Path) -> None:
    chance = random.Random(path.name)
    for data in damaged(path.read_bytes(), chance, 18):
        assert surprise(partial(formats.read_data, data, path.name)) is None


def refusal_of(path: Path) -> TranscriptUnreadable:
    with pytest.raises(TranscriptUnreadable) as refused:
        formats.read(path)
    return refused.value


def packed(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", how) as whole:
        for name, data in parts.items():
            whole.writestr(name, data)
    return written.getvalue()
