"""Word documents, made here and read back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import docx
import pytest

from apego.listening import formats
from apego.listening.transcript import Transcript
from benchmark.fuzz import document

RUN = "<w:r><w:t>{}</w:t></w:r>"


def made(paragraphs: list[str], rows: Sequence[tuple[str, ...]] = ()) -> bytes:
    whole = docx.Document()
    for words in paragraphs:
        whole.add_paragraph(words)
    if rows:
        into = whole.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, words in zip(into.add_row().cells, row, strict=True):
                cell.text = words
    written = io.BytesIO()
    whole.save(written)
    return written.getvalue()


def read(data: bytes) -> list[tuple[str, str, int | None]]:
    return [(turn.speaker, turn.text, turn.start_ms) for turn in whole(data).turns]


def whole(data: bytes) -> Transcript:
    return formats.read_data(data, "visit.docx")


def test_paragraphs_are_read_as_lines() -> None:
    data = made(
        ["Visita 3", "Ana: ¿Cómo les fue?", "Luz: Bien,\nya camina.", "", "Ana López   0:12\nQué bonito."]
    )
    assert read(data) == [
        ("Ana", "¿Cómo les fue?", None),
        ("Luz", "Bien, ya camina.", None),
        ("Ana López", "Qué bonito.", 12_000),
    ]


@pytest.mark.parametrize("heading", [("Speaker", "Time", "Text"), ("Hablante", "Hora", "Texto")])
def test_a_table_with_headings_is_read_by_them(heading: tuple[str, str, str]) -> None:
    found = whole(
        made(["A title"], [heading, ("Ana", "00:00:01", "¿Cómo les fue?"), ("Luz", "00:00:05", "Bien")])
    )
    assert [(turn.speaker, turn.text, turn.start_ms) for turn in found.turns] == [
        ("Ana", "¿Cómo les fue?", 1_000),
        ("Luz", "Bien", 5_000),
    ]
    assert [repair.code for repair in found.repairs] == ["transcripts.repair-paragraphs-not-read"]


def test_a_table_without_headings_is_read_by_what_its_columns_hold() -> None:
    rows = [
        ("0:01", "Ana", "¿Cómo les fue?"),
        ("0:05", "Luz", "Bien, gracias."),
        ("0:07", "Ana", "Cuénteme más."),
    ]
    assert read(made([], rows)) == [
        ("Ana", "¿Cómo les fue?", 1_000),
        ("Luz", "Bien, gracias.", 5_000),
        ("Ana", "Cuénteme más.", 7_000),
    ]


def test_a_small_table_beside_the_talk_is_left_out_and_listed() -> None:
    data = made(["Ana: ¿Cómo les fue esta semana con la niña?", "Luz: Bien."], [("Fecha", "3/5")])
    found = whole(data)
    assert found.speakers == ("Ana", "Luz")
    assert [repair.code for repair in found.repairs] == ["transcripts.repair-rows-not-read"]


def test_what_a_correction_put_in_is_read_and_what_it_struck_out_is_not() -> None:
    corrected = f"<w:ins>{RUN.format('de veras')}</w:ins><w:del>{RUN.format('nunca')}</w:del>"
    data = document(f"<w:p>{RUN.format('Ana: Sí, ')}{corrected}</w:p><w:p>{RUN.format('Luz: Ya.')}</w:p>")
    assert read(data) == [("Ana", "Sí, de veras", None), ("Luz", "Ya.", None)]


def test_words_in_the_field_of_a_form_are_read() -> None:
    data = document(f"<w:sdt><w:sdtContent><w:p>{RUN.format('Ana: Hola')}</w:p></w:sdtContent></w:sdt>")
    assert read(data) == [("Ana", "Hola", None)]


def test_a_table_in_a_table_is_read_once() -> None:
    inner = f"<w:tbl><w:tr><w:tc><w:p>{RUN.format('Ana: Hola')}</w:p></w:tc></w:tr></w:tbl>"
    assert read(document(f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>")) == [("Ana", "Hola", None)]


def test_the_part_with_the_words_is_found_under_another_name() -> None:
    renamed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made(["Ana: Hola"]))) as old, zipfile.ZipFile(renamed, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b"word/document.xml", b"word/document2.xml")
            new.writestr(name.replace("word/document.xml", "word/document2.xml"), data)
    assert read(renamed.getvalue()) == [("Ana", "Hola", None)]


def test_a_damaged_document_is_read_as_far_as_it_goes_and_says_so() -> None:
    found = whole(document(f"<w:p>{RUN.format('Ana: Hola')}</w:p><w:p>{RUN.format('Luz: Pase')}"))
    assert found.speakers == ("Ana", "Luz")
    assert [repair.code for repair in found.repairs] == ["transcripts.repair-document-damaged"]
