"""Tables: what the made files do not show."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.listening.formats import table
from apego.listening.formats.source import Source
from apego.listening.transcript import Transcript

CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=12
)


def read(text: str) -> Transcript:
    return table.read(Source("visit.csv", text.encode()))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_sign_between_cells_is_found(delimiter: str) -> None:
    found = read(delimiter.join(["speaker", "text"]) + "\n" + delimiter.join(["Ana", "Hola"]))
    assert [(turn.speaker, turn.text) for turn in found.turns] == [("Ana", "Hola")]


@pytest.mark.parametrize(
    ("heading", "start", "milliseconds"),
    [
        ("start", "1.5", 1500),
        ("start", "1,5", 1500),
        ("start_ms", "1500", 1500),
        ("Inicio (ms)", "1500", 1500),
        ("inicio (seg)", "1", 1000),
        ("timestamp", "00:00:01.500", 1500),
        ("Hora", "[0:01]", 1000),
        ("time", "0:01 - 0:02", 1000),
    ],
)
def test_a_time_is_read_in_its_unit(heading: str, start: str, milliseconds: int) -> None:
    found = read(f"speaker;text;{heading}\nAna;Hola;{start}\n")
    assert found.turns[0].start_ms == milliseconds
    assert found.repairs == ()


def test_a_quote_that_stays_open_costs_no_row() -> None:
    found = read('speaker,text\nAna,"Hola\n' + "Luz,Pase\n" * 80)
    assert [turn.speaker for turn in found.turns].count("Luz") == 80
    assert [repair.code for repair in found.repairs] == ["transcripts.repair-quote"]


def test_a_cell_over_several_lines_is_one_turn() -> None:
    found = read('speaker,text\nAna,"Hola,\n¿cómo les fue?"\nLuz,Bien\n')
    assert [(turn.line, turn.text) for turn in found.turns] == [(2, "Hola, ¿cómo les fue?"), (4, "Bien")]


def test_a_cell_longer_than_pythons_reader_holds_is_read() -> None:
    found = read("speaker,text\nAna," + "hola " * 40_000 + "\n")
    assert found.turns[0].words == 40_000


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8), st.sampled_from([",", ";", "\t"]))
def test_what_a_spreadsheet_writes_is_read_back(rows: list[tuple[str, str]], delimiter: str) -> None:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\n")
    writer.writerows([("speaker", "text"), *rows])
    found = read(written.getvalue())
    spoken = [(turn.speaker, turn.text) for turn in found.turns]
    assert [name for name, _ in spoken] == [name for name, _ in rows]
