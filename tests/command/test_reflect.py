"""`apego reflect` as a visitor, a coach or a researcher types it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from apego.command import main

VISIT = """\
Ana: ¿Cómo les fue con el bote esta semana?
Luz: Pues le di las pinzas y las va metiendo una por una, y se ríe.
Teo: ¡Ta! [laughs]
Luz: ¡Ta! [laughs]
Teo: ¡Ta!
Luz: Otra vez, mi amor.
Ana: O sea que él escogió con qué jugar.
Luz: Sí, y yo que le andaba buscando juguetes por todos lados, fíjese.
"""


def run(*arguments: str | Path, given: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments], input=given)


@pytest.fixture
def visit(tmp_path: Path) -> Path:
    path = tmp_path / "visit.txt"
    path.write_text(VISIT, encoding="utf-8")
    return path


def test_a_visitor_reads_her_visit_on_the_terminal(visit: Path) -> None:
    ran = run("reflect", visit, "--language", "es")
    assert ran.exit_code == 0
    assert "Un momento al que volver" in ran.stdout
    assert "“¡Ta!”" in ran.stdout
    assert "\x1b[" not in ran.stdout


def test_who_was_guessed_is_said_apart_from_the_reflection_and_can_be_overruled(visit: Path) -> None:
    guessed = run("reflect", visit)
    assert "Ana" in guessed.stderr
    assert "Ana" not in guessed.stdout.splitlines()[0]
    told = run("reflect", visit, "--visitor", "Ana", "--parent", "Luz", "--child", "Teo")
    assert told.stderr == ""


@pytest.mark.parametrize(
    ("ending", "begins"),
    [("html", "<!doctype html>"), ("md", "# Reflection"), ("json", "{"), ("csv", "measure")],
)
def test_the_ending_of_out_says_how_it_is_drawn(
    visit: Path, tmp_path: Path, ending: str, begins: str
) -> None:
    out = tmp_path / "made" / f"reflection.{ending}"
    assert run("reflect", visit, "--out", out, "--language", "en").exit_code == 0
    assert out.read_text(encoding="utf-8").startswith(begins)
    assert list(out.parent.iterdir()) == [out]


def test_what_is_piped_in_is_read(visit: Path) -> None:
    ran = run("reflect", "-", "--format", "json", given=VISIT)
    assert ran.exit_code == 0
    assert len(json.loads(ran.stdout)["turns"]) == 8


def test_one_bad_file_of_many_does_not_stop_the_rest(visit: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text(VISIT, encoding="utf-8")
    inside = tmp_path / "older"
    inside.mkdir()
    (inside / "visit.txt").write_text(VISIT, encoding="utf-8")
    out = tmp_path / "out"
    ran = run("reflect", tmp_path, "--out", out)
    assert ran.exit_code == 1
    with (out / "summary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [Path(row["file"]).name for row in rows] == ["empty.txt", "visit.txt", "visit.txt"]
    assert [bool(row["unreadable"]) for row in rows] == [True, False, False]
    assert {path.name for path in out.glob("*.html")} == {"visit.txt.html", "visit.txt.2.html"}
    assert rows[1]["visitor"] == "Ana"


def test_a_folder_without_transcripts_says_which_endings_are_read(tmp_path: Path) -> None:
    ran = run("reflect", tmp_path)
    assert ran.exit_code == 1
    assert ".docx" in ran.stderr


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("gone.vtt", None, "There is no file"),
        ("empty.vtt", b"", "empty"),
        ("photo.png", b"\x89PNG\r\n", "picture"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence_and_no_traceback(
    tmp_path: Path, name: str, data: bytes | None, says: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    ran = run("reflect", path)
    assert ran.exit_code == 1
    assert says in ran.stderr
    assert "Traceback" not in ran.output


def test_a_name_that_is_nobody_s_is_answered_with_who_is_there(visit: Path) -> None:
    ran = run("reflect", visit, "--visitor", "Marta")
    assert ran.exit_code == 1
    assert "Marta" in ran.stderr
    assert "Luz" in ran.stderr


def test_a_place_that_cannot_be_written_is_said(visit: Path, tmp_path: Path) -> None:
    ran = run("reflect", visit, "--out", visit / "under" / "a-file.html")
    assert ran.exit_code == 1
    assert "--out" in ran.stderr


def test_a_cell_that_a_spreadsheet_would_run_is_quoted(tmp_path: Path) -> None:
    path = tmp_path / "visit.txt"
    path.write_text(VISIT.replace("Teo:", "=Teo:"), encoding="utf-8")
    ran = run("reflect", path, "--format", "csv", "--child", "=Teo", "--visitor", "Ana")
    assert "'=Teo" in ran.stdout


def test_converting_gives_webvtt_that_reads_the_same(visit: Path, tmp_path: Path) -> None:
    out = tmp_path / "visit.vtt"
    assert run("convert", visit, out).exit_code == 0
    first = json.loads(run("reflect", visit, "--format", "json").stdout)["turns"]
    again = json.loads(run("reflect", out, "--format", "json").stdout)["turns"]
    assert [(turn["speaker"], turn["role"], turn["text"]) for turn in again] == [
        (turn["speaker"], turn["role"], turn["text"]) for turn in first
    ]
