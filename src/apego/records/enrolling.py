"""A roster beside the program: which families it would enrol, which are here already, and all that is wrong.

Nothing is changed here. The preview and the enrolment ask the same question, so that what was agreed to is
what is done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from apego.listening.folded import fold
from apego.practice.ages import WEEKS_EARLY_AT_MOST, months_old
from apego.practice.visiting import home_languages, relations
from apego.records.caseload import size
from apego.records.families import enrolled
from apego.records.models import Assignment, Child, Family, Option, Person, Role
from apego.records.roster import Order, Problem, Row, Sheet, day_of, is_either_way, key_of, lists

OLDEST = 72  # months: a child past its sixth birthday is at school
ENROLLED_AT_MOST = 6 * 366  # days: a family does not stay longer
FAMILY_FACTS = ("option", "enrolled_on", "languages", "interpreter", "address", "visitor", "second_visitor")


@dataclass(slots=True)
class Entry:
    """A family as the file has it, from one line or from several. `known` is the family that is here already."""

    line: int
    name: str
    facts: dict[str, Any] = field(default_factory=dict)
    said: dict[str, tuple[str, int]] = field(default_factory=dict)  # column -> what was said first, and where
    children: list[dict[str, Any]] = field(default_factory=list)
    caregivers: list[dict[str, Any]] = field(default_factory=list)
    visitors: list[Person] = field(default_factory=list)
    known: UUID | None = None
    new_children: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a roster would do. With a problem it does nothing at all; `notes` are worth a look and stop nothing."""

    new: tuple[Entry, ...]
    growing: tuple[Entry, ...]  # here already, with a child that is not
    same: tuple[Entry, ...]  # here already, and nothing changes
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    order: Order

    @property
    def children(self) -> int:
        return sum(len(one.children) for one in self.new) + sum(len(one.new_children) for one in self.growing)

    @property
    def is_agreeable(self) -> bool:
        return not self.problems and bool(self.new or self.growing)


@dataclass(frozen=True, slots=True)
class _Here:
    """Who is in the program already: visitors by what they are called, families by name, caseloads."""

    visitors: Mapping[str, list[Person]]
    families: Mapping[str, list[tuple[UUID, date, frozenset[tuple[str, date]]]]]
    caseload: Mapping[UUID, int]


def preview(sheet: Sheet, on: date) -> Preview:
    """Give what a roster would do on a day. A handful of queries, whatever its length."""
    here = _here(on)
    problems = list(sheet.problems)
    notes = [Problem(0, "", "column-ignored", words) for words in sheet.ignored]
    if any(is_either_way(row[id]) for row in sheet.rows for id in ("enrolled_on", "born_on")):
        notes.append(Problem(0, "", f"dates-{sheet.order}-first"))
    told = {(problem.line, problem.column) for problem in problems}
    entries = _entries(sheet, here, on, told, problems)
    for entry in entries:
        _match(entry, here, notes)
    notes += _too_many(entries, here, on)
    return Preview(
        new=tuple(one for one in entries if one.known is None),
        growing=tuple(one for one in entries if one.known and one.new_children),
        same=tuple(one for one in entries if one.known and not one.new_children),
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
        notes=tuple(notes),
        order=sheet.order,
    )


def _here(on: date) -> _Here:
    visitors: dict[str, list[Person]] = {}
    for person in Person.objects.filter(role=Role.VISITOR, is_active=True):
        for called in {key_of(person.login), key_of(person.name)}:
            visitors.setdefault(called, []).append(person)
    children: dict[UUID, set[tuple[str, date]]] = {}
    for family_id, name, born in Child.objects.values_list("family", "name", "born_on"):
        children.setdefault(family_id, set()).add((key_of(name), born))
    families: dict[str, list[tuple[UUID, date, frozenset[tuple[str, date]]]]] = {}
    for id, name, since in Family.objects.filter(enrolled(on)).values_list("id", "name", "enrolled_on"):
        families.setdefault(key_of(name), []).append((id, since, frozenset(children.get(id, ()))))
    running = Assignment.objects.filter(Assignment.on(on), kind=Assignment.Kind.STEADY)
    return _Here(visitors, families, Counter(running.values_list("visitor", flat=True)))


def _entries(
    sheet: Sheet, here: _Here, on: date, told: set[tuple[int, str]], problems: list[Problem]
) -> list[Entry]:
    """Put the lines together by family, and read each cell once. A cell with a problem already is left alone."""
    entries: dict[tuple[str, str], Entry] = {}
    reading = _Reading(sheet.order, here, on, told, problems)
    for row in sheet.rows:
        if not row["family"]:
            reading.problem(row, "family", "missing")
            continue
        called = (key_of(row["family"]), key_of(row["number"]))
        entry = entries.setdefault(called, Entry(row.line, row["family"]))
        reading.facts(entry, row)
        reading.child(entry, row)
        reading.caregiver(entry, row)
    for entry in entries.values():
        reading.whole(entry)
    return list(entries.values())


@dataclass(slots=True)
class _Reading:
    """The cells of a roster, read into what the records take; what cannot be read becomes a problem."""

    order: Order
    here: _Here
    on: date
    told: set[tuple[int, str]]
    problems: list[Problem]

    def problem(self, row: Row, column: str, code: str, value: str = "") -> None:
        if (row.line, column) not in self.told:
            self.problems.append(Problem(row.line, column, code, value or row[column]))
            self.told.add((row.line, column))

    def facts(self, entry: Entry, row: Row) -> None:
        """Read what is the family's as a whole: said once, or said alike on each of its lines."""
        for column in FAMILY_FACTS:
            words = row[column]
            if not words or (row.line, column) in self.told:
                continue
            first, line = entry.said.setdefault(column, (words, row.line))
            if key_of(first) != key_of(words):
                self.problem(row, column, "said-otherwise", f"{first} ({line})")
            elif line == row.line:
                self._fact(entry, row, column)

    def _fact(self, entry: Entry, row: Row, column: str) -> None:
        if column == "option":
            self._take(entry, row, column, option_of(row[column]), "no-such-option")
        elif column == "enrolled_on":
            self._enrolled_on(entry, row)
        elif column == "languages":
            self._languages(entry, row)
        elif column == "interpreter":
            self._interpreter(entry, row)
        elif column == "address":
            entry.facts["address"] = row[column]
        else:
            self._visitor(entry, row, column)

    def _take(self, entry: Entry, row: Row, name: str, value: Any, code: str) -> None:
        if value is None:
            self.problem(row, name, code)
        else:
            entry.facts[name] = value

    def _enrolled_on(self, entry: Entry, row: Row) -> None:
        day = day_of(row["enrolled_on"], self.order)
        if day is not None and (day - self.on).days > 366:
            self.problem(row, "enrolled_on", "date-ahead")
        elif day is not None and (self.on - day).days > ENROLLED_AT_MOST:
            self.problem(row, "enrolled_on", "date-long-ago")
        else:
            self._take(entry, row, "enrolled_on", day, "no-such-date")

    def _languages(self, entry: Entry, row: Row) -> None:
        words = [part for part in _parts(row["languages"]) if part]
        codes = [language_of(part) for part in words]
        for word, code in zip(words, codes, strict=True):
            if code is None:
                self.problem(row, "languages", "no-such-language", word)
        entry.facts["home_languages"] = list(dict.fromkeys(code for code in codes if code))

    def _interpreter(self, entry: Entry, row: Row) -> None:
        answer = key_of(row["interpreter"])
        if answer in lists()["answers"]["yes"]:
            entry.facts["interpreter_needed"] = True
        elif answer not in lists()["answers"]["no"]:
            self.problem(row, "interpreter", "not-yes-or-no")

    def _visitor(self, entry: Entry, row: Row, column: str) -> None:
        found = self.here.visitors.get(key_of(row[column]), [])
        if not found:
            self.problem(row, column, "no-such-visitor")
        elif len(found) > 1:
            self.problem(row, column, "two-such-visitors")
        elif found[0] in entry.visitors:
            self.problem(row, column, "visitor-twice")
        else:
            entry.visitors.append(found[0])

    def child(self, entry: Entry, row: Row) -> None:
        if not row["child"] and not row["born_on"]:
            return
        if not row["child"] or not row["born_on"]:
            self.problem(row, "born_on" if row["child"] else "child", "missing-beside")
            return
        born = day_of(row["born_on"], self.order)
        if born is None:
            self.problem(row, "born_on", "no-such-date")
        elif born > self.on:
            self.problem(row, "born_on", "born-ahead")
        elif months_old(born, self.on) >= OLDEST:
            self.problem(row, "born_on", "older-than-five")
        elif (key_of(row["child"]), born) in [
            (key_of(one["name"]), one["born_on"]) for one in entry.children
        ]:
            self.problem(row, "child", "child-twice")
        else:
            early = self._weeks_early(row)
            entry.children.append({"name": row["child"], "born_on": born, "weeks_early": early})

    def _weeks_early(self, row: Row) -> int:
        words = row["weeks_early"]
        if not words:
            return 0
        if not (words.isascii() and words.isdigit()) or len(words) > 2 or int(words) > WEEKS_EARLY_AT_MOST:
            self.problem(row, "weeks_early", "no-such-weeks")
            return 0
        return int(words)

    def caregiver(self, entry: Entry, row: Row) -> None:
        if not row["caregiver"]:
            for column in ("phone", "relation"):
                if row[column]:
                    self.problem(row, "caregiver", "missing-beside", row[column])
            return
        relation = relation_of(row["relation"])
        if relation is None:
            self.problem(row, "relation", "no-such-relation")
        elif key_of(row["caregiver"]) not in [key_of(one["name"]) for one in entry.caregivers]:
            entry.caregivers.append({"name": row["caregiver"], "relation": relation, "phone": row["phone"]})

    def whole(self, entry: Entry) -> None:
        """Ask of a family, once all its lines are read, what none of them said."""
        first = Row(entry.line, {})
        for column, fact in (
            ("option", "option"),
            ("enrolled_on", "enrolled_on"),
            ("languages", "home_languages"),
        ):
            if column not in entry.said and not entry.facts.get(fact):
                self.problem(first, column, "missing")
        entry.facts["words_language"] = (
            "es" if entry.facts.get("home_languages", [""])[:1] == ["spa"] else "en"
        )


def _parts(words: str) -> Iterable[str]:
    for sign in ("/", ",", ";", "+", "&", " y ", " and "):
        words = words.replace(sign, "|")
    return (part.strip() for part in words.split("|"))


def option_of(words: str) -> str | None:
    """Give the program option that words name.

    >>> option_of("EHS"), option_of("Head Start"), option_of("daycare")
    ('early_head_start', 'head_start', None)
    """
    known = {key_of(name): id for id, names in lists()["options"].items() for name in names}
    found = known.get(key_of(words))
    return found if found in Option.values else None


def language_of(words: str) -> str | None:
    """Give the code of a home language by its name in either language, its code or its tag.

    >>> language_of("Español"), language_of("english"), language_of("mam"), language_of("Martian")
    ('spa', 'eng', 'mam', None)
    """
    called = key_of(words)
    for id, language in home_languages().items():
        if called in {id, key_of(language.tag), key_of(language.name.en), key_of(language.name.es)}:
            return id
    return None


def relation_of(words: str) -> str | None:
    """Give what an adult is to the children; nothing said is `other` until somebody says it.

    >>> relation_of("Mamá"), relation_of("grandmother"), relation_of(""), relation_of("captain")
    ('mother', 'grandmother', 'other', None)
    """
    called = key_of(words)
    if not called:
        return "other"
    for id, names in lists()["relations"].items():
        if called in names:
            return str(id)
    for id, relation in relations().items():
        if called in {key_of(id), key_of(relation.name.en), key_of(relation.name.es)}:
            return id
    return None


def _match(entry: Entry, here: _Here, notes: list[Problem]) -> None:
    """Find the family that is here already: of the same name, with one of the same children.

    One that expects its first child is known by the day of its enrolment.
    """
    theirs = {(key_of(child["name"]), child["born_on"]) for child in entry.children}
    namesakes = here.families.get(key_of(entry.name), [])
    for id, since, children in namesakes:
        if theirs & children or (not theirs and since == entry.facts.get("enrolled_on")):
            entry.known = id
            entry.new_children = [
                child for child in entry.children if (key_of(child["name"]), child["born_on"]) not in children
            ]
            return
    if namesakes:
        notes.append(Problem(entry.line, "family", "name-is-here", entry.name))


def _too_many(entries: Sequence[Entry], here: _Here, on: date) -> list[Problem]:
    """Tell of each visitor who would have more families than the standards allow."""
    people = {person.pk: person for entry in entries for person in entry.visitors}
    more = Counter(person.pk for entry in entries if entry.known is None for person in entry.visitors)
    most = size(on).most
    over = [people[id] for id, number in more.items() if number + here.caseload.get(id, 0) > most]
    return [
        Problem(0, "visitor", "caseload-over", person.name)
        for person in sorted(over, key=lambda person: fold(person.name))
    ]
