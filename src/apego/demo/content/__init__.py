"""What the content files of the invented program tell, as typed values. Who plays it is `apego.demo.program`.

A file that names a field nobody knows, or leaves one out that is needed, is refused with its name and place:
a slip of the pen in thirty files would otherwise be a silent hole in a family's year.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from apego.practice.content import Language

Told = TypeVar("Told")

# A word of the files that Python keeps for itself.
RENAMED = {"with": "whom"}


class ContentUnclear(Exception):
    """A content file tells something that cannot be played. The message names the file, the place and the field."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who works in the program; `supervisor` is the id of a visitor's supervisor."""

    id: str
    name: str
    role: str
    language: Language
    supervisor: str = ""


@dataclass(frozen=True, slots=True)
class ChildTold:
    id: str
    name: str
    weeks_old: int
    weeks_early: int
    language: str
    called: str = ""


@dataclass(frozen=True, slots=True)
class CaregiverTold:
    """`away` is somebody who is not in the house on a usual day: no bank puts a child on his lap."""

    id: str
    name: str
    relation: str
    safe_phone: bool
    letters: bool
    reads: str
    language: str
    phone: str = ""
    safe_hours: str = ""
    birthday: str = ""
    called: str = ""
    away: bool = False


@dataclass(frozen=True, slots=True)
class DayTold:
    """A day that matters: `day` is MM-DD, or it lies `days_ahead`."""

    who: str
    kind: str
    what: str
    last_time: str
    day: str = ""
    days_ahead: int = 0


@dataclass(frozen=True, slots=True)
class ContactTold:
    days_ago: int
    how: str
    whom: str
    words: str


@dataclass(frozen=True, slots=True)
class MementoTold:
    days_ago: int
    words: str


@dataclass(frozen=True, slots=True)
class SupportTold:
    weeks_ago: int
    area: str
    kind: str
    words: str
    step: str


@dataclass(frozen=True, slots=True)
class MomentTold:
    """A moment of a visit, or of a gathering (then with the slug of its `family`)."""

    child: str
    words: str
    capacities: tuple[str, ...]
    kinds: tuple[str, ...]
    domains: tuple[str, ...]
    parent_words: str = ""
    family: str = ""


@dataclass(frozen=True, slots=True)
class CreditTold:
    adult: str
    words: str
    kind: str = "strength"


@dataclass(frozen=True, slots=True)
class VisitTold:
    weeks_ago: int
    status: str
    minutes: int = 90
    place: str = "home"
    since: str = ""
    followup: str = ""
    tried: str = ""
    next: str = ""
    promise: str = ""
    kind: str = "weekly"
    reason: str = ""
    reason_words: str = ""
    weekday: int | None = None
    moments: tuple[MomentTold, ...] = ()
    credits: tuple[CreditTold, ...] = ()


@dataclass(frozen=True, slots=True)
class CoverTold:
    visitor: str
    from_days_ago: int
    to_days_ahead: int
    reason: str
    told: str


@dataclass(frozen=True, slots=True)
class FamilyTold:
    slug: str
    name: str
    address: str
    language: Language
    home_languages: tuple[str, ...]
    option: str
    enrolled_weeks_ago: int
    visitors: tuple[str, ...]
    weekday: int
    time: str
    celebrates: bool
    matters: str
    hopes: str
    matters_language: Language
    children: tuple[ChildTold, ...]
    caregivers: tuple[CaregiverTold, ...]
    visits: tuple[VisitTold, ...]
    days: tuple[DayTold, ...] = ()
    contacts: tuple[ContactTold, ...] = ()
    mementos: tuple[MementoTold, ...] = ()
    supports: tuple[SupportTold, ...] = ()
    cover: CoverTold | None = None
    interpreter: str = ""
    safety: str = ""
    safety_days_ago: int = 0
    safety_reviewed: bool = False


@dataclass(frozen=True, slots=True)
class FromBank:
    """Words for a visit that no family file tells. `sort` is the list of words.toml, or `moment`."""

    sort: str
    en: str
    es: str
    months: tuple[int, ...] = ()
    how: str = ""
    by: str = ""
    reason: str = ""
    only: str = ""
    kind: str = ""
    hands: bool = False
    capacities: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    parent_en: str = ""
    parent_es: str = ""

    def fits(self, months: int) -> bool:
        """True where the words fit a child of this age; words without an age fit every one.

        >>> FromBank("next", "The same again.", "Lo mismo otra vez.", months=(6, 12)).fits(13)
        False
        """
        return not self.months or self.months[0] <= months <= self.months[1]

    def said(self, language: Language, **slots: str) -> str:
        return (self.es if language == "es" else self.en).format(**slots)

    def parent_said(self, language: Language, **slots: str) -> str:
        return (self.parent_es if language == "es" else self.parent_en).format(**slots)


@dataclass(frozen=True, slots=True)
class PredictionTold:
    family: str
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class AreaTold:
    name: str
    things: str
    months: tuple[int, ...]
    look_for: str


@dataclass(frozen=True, slots=True)
class GatheringTold:
    weeks_ago: int
    weekday: int
    time: str
    minutes: int
    place: str
    language: Language
    spoken: tuple[str, ...]
    led_by: tuple[str, ...]
    question: str
    plan: str
    families: tuple[str, ...]
    song: str
    closing: str
    take_home: str
    predictions: tuple[PredictionTold, ...] = ()
    areas: tuple[AreaTold, ...] = ()
    moments: tuple[MomentTold, ...] = ()


@dataclass(frozen=True, slots=True)
class AgreementTold:
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class SessionTold:
    visitor: str
    weeks_ago: int
    minutes: int
    language: Language
    notes: str
    agreements: tuple[AgreementTold, ...] = ()


@dataclass(frozen=True, slots=True)
class AfterVisitTold:
    """The five minutes after a visit; the six answers under their names in the file."""

    visitor: str
    family: str
    weeks_ago: int
    language: Language
    shared: bool
    stayed: str
    parent_felt: str
    baby: str
    you_felt: str
    together: str
    curious: str
    focus: str
    focus_words: str = ""


@dataclass(frozen=True, slots=True)
class ConversationTold:
    """A visit that was read from a transcript: `adults` were in the room besides the visitor."""

    file: str
    visitor: str
    family: str
    weeks_ago: int
    child: str
    adults: tuple[str, ...]
    language: Language
    shared: bool
    focus: str


@dataclass(frozen=True, slots=True)
class RequestTold:
    family: str
    who: str
    kind: str
    days_ago: int
    words: str


@dataclass(frozen=True, slots=True)
class HoldTold:
    family: str
    days_ago: int
    reason: str


@dataclass(frozen=True, slots=True)
class ProgramTold:
    name: str
    short_name: str
    town: str
    time_zone: str
    year_start: str
    phone: str
    people: tuple[Worker, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that the files tell, read once."""

    program: ProgramTold
    families: Mapping[str, FamilyTold]
    bank: tuple[FromBank, ...]
    gatherings: tuple[GatheringTold, ...]
    sessions: tuple[SessionTold, ...]
    after_visits: tuple[AfterVisitTold, ...]
    conversations: tuple[ConversationTold, ...]
    requests: tuple[RequestTold, ...]
    holds: tuple[HoldTold, ...]


# A field that holds a list of entries of its own -> what each of them is.
ENTRIES: Mapping[str, type[Any]] = {
    "people": Worker,
    "children": ChildTold,
    "caregivers": CaregiverTold,
    "days": DayTold,
    "contacts": ContactTold,
    "mementos": MementoTold,
    "supports": SupportTold,
    "visits": VisitTold,
    "moments": MomentTold,
    "credits": CreditTold,
    "predictions": PredictionTold,
    "areas": AreaTold,
    "agreements": AgreementTold,
}


@cache
def content() -> Content:
    """Give all content of the invented program. Raises ContentUnclear for a file that cannot be played."""
    reflections = _read("reflections.toml")
    rights = _read("rights.toml")
    return Content(
        program=_told(ProgramTold, _read("program.toml"), "program.toml"),
        families={family.slug: family for family in _families()},
        bank=(*_bank("moments.toml"), *_bank("words.toml")),
        gatherings=_each(GatheringTold, _read("gatherings.toml"), "gathering", "gatherings.toml"),
        sessions=_each(SessionTold, _read("supervision.toml"), "session", "supervision.toml"),
        after_visits=_each(AfterVisitTold, reflections, "reflection", "reflections.toml"),
        conversations=_each(ConversationTold, reflections, "conversation", "reflections.toml"),
        requests=_each(RequestTold, rights, "request", "rights.toml"),
        holds=_each(HoldTold, rights, "hold", "rights.toml"),
    )


def transcript(name: str) -> bytes:
    """Give the bytes of a conversation in the folder `transcripts`."""
    return (_folder() / "transcripts" / name).read_bytes()


def _folder() -> Traversable:
    return resources.files(__name__)


def _read(*path: str) -> dict[str, Any]:
    return tomllib.loads(_folder().joinpath(*path).read_text(encoding="utf-8"))


def _families() -> list[FamilyTold]:
    files = sorted((one for one in (_folder() / "families").iterdir()), key=lambda one: one.name)
    return [
        _told(
            FamilyTold, {"slug": file.name.removesuffix(".toml"), **_read("families", file.name)}, file.name
        )
        for file in files
        if file.name.endswith(".toml")
    ]


def _bank(name: str) -> list[FromBank]:
    return [
        _told(FromBank, {"sort": sort, **entry}, f"{name}, {sort} {number}")
        for sort, entries in _read("banks", name).items()
        for number, entry in enumerate(entries, start=1)
    ]


def _each(kind: type[Told], found: Mapping[str, Any], key: str, where: str) -> tuple[Told, ...]:
    return tuple(
        _told(kind, entry, f"{where}, {key} {n}") for n, entry in enumerate(found.get(key, ()), start=1)
    )


def _told(kind: type[Told], entry: Mapping[str, Any], where: str) -> Told:
    given = {RENAMED.get(key, key): value for key, value in entry.items()}
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    if unknown := given.keys() - known.keys():
        raise ContentUnclear(f"{where}: nobody plays {', '.join(sorted(unknown))}")
    needed = {name for name, field in known.items() if field.default is MISSING}
    if missing := needed - given.keys():
        raise ContentUnclear(f"{where}: {', '.join(sorted(missing))} is missing")
    return kind(**{key: _value(key, value, f"{where}, {key}") for key, value in given.items()})


def _value(key: str, value: Any, where: str) -> Any:
    if key == "cover":
        return _told(CoverTold, value, where)
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        return tuple(_told(ENTRIES[key], one, f"{where} {n}") for n, one in enumerate(value, start=1))
    return tuple(value) if isinstance(value, list) else value
