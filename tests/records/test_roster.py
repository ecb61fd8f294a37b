"""A roster: read whatever spreadsheet wrote it, told line by line what is wrong, enrolled whole or not at all."""

from __future__ import annotations

import csv
import inspect
import io
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from apego.records import enrolling
from apego.records import roster as reading
from apego.records.actions import roster as actions
from apego.records.actions.acting import NotPossible
from apego.records.enrolling import Preview, preview
from apego.records.models import Assignment, Caregiver, Child, Draft, Family, Line, Person, Program
from apego.records.roster import LARGEST, LINES_AT_MOST, columns, day_of, read, sample
from apego.web.forms.roster import SAYS, told
from tests.people import NOW, TODAY, person

HEADER = "family,option,enrolled on,home languages,child,born on,parent,relation,visitor"
LUZ = "Rivera,EHS,2026-09-08,Spanish,Luz,2025-11-02,Marta,mother,ana"


def file(*lines: str, header: str = HEADER) -> bytes:
    return "\n".join((header, *lines)).encode()


def looked_at(*lines: str, header: str = HEADER) -> Preview:
    return preview(read(file(*lines, header=header)), TODAY)


def problems(*lines: str, header: str = HEADER) -> list[tuple[int, str, str]]:
    return [(one.line, one.column, one.code) for one in looked_at(*lines, header=header).problems]


# reading


@given(st.binary(max_size=400))
def test_no_bytes_whatever_stop_the_reader(data: bytes) -> None:
    sheet = read(data)
    assert sheet.rows or sheet.problems


@given(st.text(max_size=300))
def test_no_text_whatever_stops_the_reader(text: str) -> None:
    sheet = read(f"family,option,enrolled on,home languages\n{text}".encode("utf-8", "replace"))
    assert all(problem.line >= 0 for problem in sheet.problems)


CELLS = st.text(st.characters(codec="cp1252", categories=("L", "Nd", "Po")), min_size=1, max_size=12).map(
    lambda cell: " ".join(cell.split())
)
WHOLE = CELLS.filter(lambda cell: cell.strip("-–—") and not cell.startswith(("'", "=", "@", "+", "-")))


@given(
    rows=st.lists(st.tuples(WHOLE, WHOLE), min_size=1, max_size=6),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    ends=st.sampled_from(["\n", "\r\n"]),
)
def test_what_a_spreadsheet_writes_is_what_is_read(
    rows: list[tuple[str, str]], delimiter: str, encoding: str, ends: str
) -> None:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator=ends)
    writer.writerows([("Familia", "Niño"), *rows])
    text = written.getvalue()
    try:
        text.encode("cp1252").decode("utf-8")
        could_be_either = not text.isascii()
    except UnicodeDecodeError:
        could_be_either = False
    if encoding == "cp1252" and could_be_either:
        return  # bytes that are UTF-8 as well: nobody can tell
    sheet = read(text.encode(encoding))
    assert [(row["family"], row["child"]) for row in sheet.rows] == rows


@given(st.dates(date(2016, 1, 1), date(2030, 12, 31)))
def test_a_day_is_read_back_from_every_way_of_writing_it(day: date) -> None:
    ways = (
        day.isoformat(),
        f"{day:%m/%d/%Y}",
        f"{day:%m-%d-%y}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%d-%b-%Y}",
    )
    assert {day_of(way) for way in ways} == {day}
    assert day_of(f"{day:%d.%m.%Y}", "day") == day


@given(st.text(max_size=20))
def test_a_cell_is_a_day_or_it_is_none(cell: str) -> None:
    assert day_of(cell) is None or isinstance(day_of(cell), date)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"PK\x03\x04rest", "spreadsheet-file"),
        (b"a,b\0c", "no-table"),
        (b"x" * (LARGEST + 1), "too-large"),
        (b"color,size\nred,3", "no-header"),
        (file(), "empty"),
        (b"family\nRivera", "column-missing"),
        (file(*["Rivera"] * (LINES_AT_MOST + 1)), "too-many-lines"),
    ],
)
def test_a_file_that_cannot_be_taken_says_so(data: bytes, code: str) -> None:
    assert code in {problem.code for problem in read(data).problems}


def test_lines_are_counted_as_the_spreadsheet_counts_them() -> None:
    sheet = read(b'family,option\n\nRivera,EHS\n"Bell\nsenior",HS\nLima,EHS\n')
    assert [(row.line, row["family"]) for row in sheet.rows] == [
        (3, "Rivera"),
        (4, "Bell senior"),
        (6, "Lima"),
    ]


def test_a_formula_is_a_problem_and_a_phone_with_a_plus_is_none() -> None:
    sheet = read(b"family,option,phone,address\n=A1,EHS,+1 555 0142,'-5 Elm\n")
    assert [(one.line, one.column, one.code) for one in sheet.problems if one.line == 2] == [
        (2, "family", "formula"), (2, "address", "formula"),
    ]  # fmt: skip


def test_a_column_that_is_there_twice_or_is_nobodys_is_told() -> None:
    sheet = read(b"family,Familia,shoe size\nRivera,Rivera,3\n")
    assert ("family", "column-twice") in {(one.column, one.code) for one in sheet.problems}
    assert sheet.ignored == ("shoe size",)


# beside the program


def test_a_roster_in_order_would_enrol_its_families(visitor: Person) -> None:
    found = looked_at(
        LUZ, "Bell,HS,9/14/2026,English,Jonah,4/19/2023,,,", "Bell,,,,Ella,8/30/2025,Ruby,abuela,"
    )
    assert found.problems == ()
    rivera, bell = found.new
    assert (rivera.facts["option"], rivera.facts["home_languages"], rivera.visitors) == (
        "early_head_start", ["spa"], [visitor],
    )  # fmt: skip
    assert [child["name"] for child in bell.children] == ["Jonah", "Ella"]
    assert bell.caregivers == [{"name": "Ruby", "relation": "grandmother", "phone": ""}]
    assert [note.code for note in found.notes] == []


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"option": "daycare"}, "option", "no-such-option"),
        ({"option": ""}, "option", "missing"),
        ({"enrolled on": "2026-02-30"}, "enrolled_on", "no-such-date"),
        ({"enrolled on": "2036-09-08"}, "enrolled_on", "date-ahead"),
        ({"enrolled on": "1926-09-08"}, "enrolled_on", "date-long-ago"),
        ({"home languages": "Martian"}, "languages", "no-such-language"),
        ({"home languages": "Spanish / Martian"}, "languages", "no-such-language"),
        ({"home languages": ""}, "languages", "missing"),
        ({"child": ""}, "child", "missing-beside"),
        ({"born on": ""}, "born_on", "missing-beside"),
        ({"born on": "2025-13-02"}, "born_on", "no-such-date"),
        ({"born on": "2027-01-02"}, "born_on", "born-ahead"),
        ({"born on": "2020-11-23"}, "born_on", "older-than-five"),
        ({"parent": ""}, "caregiver", "missing-beside"),
        ({"relation": "captain"}, "relation", "no-such-relation"),
        ({"visitor": "Nobody"}, "visitor", "no-such-visitor"),
        ({"visitor": "ruth"}, "visitor", "no-such-visitor"),  # a supervisor visits nobody
        ({"family": ""}, "family", "missing"),
    ],
)
def test_what_is_wrong_with_a_line_is_told_where_it_stands(
    visitor: Person, cells: dict[str, str], column: str, code: str
) -> None:
    whole = dict(zip(HEADER.split(","), LUZ.split(","), strict=True)) | cells
    assert problems(",".join(whole.values())) == [(2, column, code)]


def test_a_child_on_the_last_day_before_its_sixth_birthday_is_taken(visitor: Person) -> None:
    assert problems(LUZ.replace("2025-11-02", "2020-11-24")) == []


def test_the_same_child_twice_and_a_family_told_in_two_ways(visitor: Person, stranger: Person) -> None:
    other_day = LUZ.replace("2026-09-08", "2026-10-08").replace("Luz", "Sol").replace(",ana", ",keisha")
    assert problems(LUZ, LUZ, other_day) == [
        (3, "child", "child-twice"), (4, "enrolled_on", "said-otherwise"), (4, "visitor", "said-otherwise"),
    ]  # fmt: skip


def test_two_families_of_one_name_are_told_apart_by_a_number(visitor: Person) -> None:
    header = HEADER + ",number"
    one, two = LUZ + ",1", LUZ.replace("2026-09-08", "2026-10-08").replace("Luz", "Sol") + ",2"
    found = looked_at(one, two, header=header)
    assert (len(found.new), found.problems) == (2, ())


def test_two_visitors_of_one_name_need_the_sign_in_name(visitor: Person, supervisor: Person) -> None:
    other = person("ana2", visitor.role, supervisor)  # type: ignore[arg-type]
    other.name = "Ana M"
    other.save()
    visitor.name = "ANA  M"
    visitor.save()
    assert problems(LUZ.replace(",ana", ",Ana M")) == [(2, "visitor", "two-such-visitors")]
    assert problems(LUZ) == []


def test_how_dates_were_read_is_told_where_they_could_be_read_otherwise(visitor: Person) -> None:
    either = LUZ.replace("2026-09-08", "9/8/2026")
    assert [note.code for note in looked_at(either).notes] == ["dates-month-first"]
    day_first = looked_at(either, LUZ.replace("Rivera", "Lima").replace("2026-09-08", "14/9/2026"))
    assert [note.code for note in day_first.notes] == ["dates-day-first"]
    assert day_first.new[0].facts["enrolled_on"] == date(2026, 8, 9)


def test_more_families_than_the_standards_allow_are_worth_a_look(visitor: Person) -> None:
    many = [LUZ.replace("Rivera", f"Rivera {number}") for number in range(13)]
    assert [note.code for note in looked_at(*many).notes] == ["caseload-over"]
    assert looked_at(*many[:12]).notes == ()


def test_every_problem_has_its_sentence_and_every_sentence_its_problem(program: Program) -> None:
    code = inspect.getsource(enrolling) + inspect.getsource(reading)
    dates = {"dates-month-first", "dates-day-first"}  # made of the order
    assert {name for name in SAYS if f'"{name}"' in code} == set(SAYS) - dates
    sheet = read(b"family\n=A1")
    assert all(told(problem)["says"] for problem in sheet.problems)


# enrolling


def enrol(by: Person, *lines: str) -> Program:
    actions.bring(data=file(*lines).decode(), by=by, at=NOW)
    return actions.enrol(key=uuid4(), program=Program.objects.get(), by=by, at=NOW)


def rows() -> list[Any]:
    return [
        sorted(kind.objects.values_list("id", flat=True)) for kind in (Family, Child, Caregiver, Assignment)
    ]


def test_a_roster_enrols_families_children_adults_and_visitors(
    coordinator: Person, visitor: Person, second_visitor: Person
) -> None:
    enrol(coordinator, LUZ, LUZ.replace("Luz", "Sol").replace("Marta,mother", "Juan,papá"))
    family = Family.objects.get()
    assert (family.name, family.enrolled_on, family.words_language) == ("Rivera", date(2026, 9, 8), "es")
    assert sorted(child.name for child in family.children.all()) == ["Luz", "Sol"]
    assert sorted((one.name, one.relation) for one in family.caregivers.all()) == [
        ("Juan", "father"), ("Marta", "mother"),
    ]  # fmt: skip
    assert [one.visitor for one in family.assignments.all()] == [visitor]
    assert {line.verb for line in Line.objects.filter(family=family.id)} == {
        "families.enrol", "families.add_child", "families.add_caregiver",
    }  # fmt: skip
    assert not Draft.objects.exists()


def test_the_same_file_again_changes_nothing(coordinator: Person, visitor: Person) -> None:
    lines = (LUZ, "Bell,HS,9/14/2026,English,,,Ruby,abuela,")
    enrol(coordinator, *lines)
    before = rows()
    enrol(coordinator, *lines)
    assert rows() == before


def test_a_further_child_of_a_family_that_is_here_is_added_and_nothing_else(
    coordinator: Person, visitor: Person
) -> None:
    enrol(coordinator, LUZ)
    enrol(coordinator, LUZ.replace("EHS", "HS"), "Rivera,,,,Sol,2023-02-01,Pedro,uncle,")
    family = Family.objects.get()
    assert (family.option, family.children.count(), family.caregivers.count()) == ("early_head_start", 2, 1)


def test_a_namesake_with_other_children_is_another_family_and_worth_a_look(
    coordinator: Person, visitor: Person
) -> None:
    enrol(coordinator, LUZ)
    found = looked_at(LUZ.replace("Luz", "Sol"))
    assert [note.code for note in found.notes] == ["name-is-here"]
    assert len(found.new) == 1


def test_with_one_problem_nobody_is_enrolled(coordinator: Person, visitor: Person) -> None:
    with pytest.raises(NotPossible, match="roster-has-problems"):
        enrol(coordinator, LUZ, LUZ.replace("Rivera", "Lima").replace("EHS", "?"))
    assert not Family.objects.exists()
    assert actions.waiting(coordinator) is not None


def test_a_fault_half_way_enrols_nobody(
    coordinator: Person, visitor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apego.records.actions.families.add_caregiver", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        enrol(coordinator, LUZ)
    assert not Family.objects.exists()
    assert not Line.objects.exists()


def test_without_a_file_there_is_nothing_to_enrol(coordinator: Person) -> None:
    with pytest.raises(NotPossible, match="roster-gone"):
        actions.enrol(key=uuid4(), program=Program.objects.get(), by=coordinator, at=NOW)


def test_a_file_that_waits_is_hers_and_sealed(coordinator: Person, visitor: Person) -> None:
    actions.bring(data=file(LUZ).decode(), by=coordinator, at=NOW)
    assert actions.waiting(visitor) is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM records_draft")
        assert "Rivera" not in cursor.fetchone()[0]


def test_a_preview_takes_as_many_queries_for_many_lines_as_for_one(visitor: Person) -> None:
    with CaptureQueriesContext(connection) as one:
        looked_at(LUZ)
    with CaptureQueriesContext(connection) as many:
        looked_at(*(LUZ.replace("Rivera", f"Rivera {number}") for number in range(40)))
    assert len(many) == len(one)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_sample_is_a_roster_without_a_problem(program: Program, language: Any) -> None:
    written = io.StringIO()
    table: Iterable[list[str]] = sample(language)
    csv.writer(written).writerows(table)
    found = preview(read(written.getvalue().encode()), TODAY)
    assert found.problems == ()
    assert len(found.new) == 2
    assert tuple(read(written.getvalue().encode()).columns) == tuple(columns())
