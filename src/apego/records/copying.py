"""A finished visit as plain text, in the order of the program's own form, so that nothing is typed twice.

The form is `Program.form`: a list of sections, each `{"heading": ..., "fields": [...]}` with fields of
`practice.forms`; without one, the form that is shipped. Words of the record stand as they were written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apego.practice.content import Language
from apego.practice.domains import domains, goals
from apego.practice.forms import fields, visit_form
from apego.practice.quoting import quoted
from apego.practice.visiting import home_languages, kinds, outcomes, places, reasons
from apego.records.actions.forms import Section
from apego.records.models import Moment, Program, Signature, Visit
from apego.records.planning import offered

MOMENT = "moment_"


@dataclass(frozen=True, slots=True)
class Copied:
    """A visit with what was written at it, fetched once, and the language of the form's own words."""

    visit: Visit
    language: Language
    parts: Mapping[str, str]
    moments: tuple[Moment, ...]
    signatures: tuple[Signature, ...]

    def listed(self, names: Iterable[str]) -> str:
        return ", ".join(name for name in names if name)


def as_text(visit: Visit, program: Program, language: Language) -> str:
    """Give a visit as text, section by section. A field without words is left out, and so is a section."""
    copied = Copied(
        visit,
        language,
        {part.part: part.words for part in visit.parts.all()},
        tuple(visit.moments.filter(removed_at=None).prefetch_related("children").order_by("at")),
        tuple(visit.signatures.select_related("person", "caregiver", "seen_by").order_by("at")),
    )
    form = form_of(program, language)
    told = (_section(section["heading"], section["fields"], copied) for section in form)
    return "\n\n".join(section for section in told if section) + "\n"


def form_of(program: Program, language: Language) -> list[Section]:
    """Give the program's form, or the one that is shipped, with its headings in a language."""
    if program.form:
        return [
            {"heading": section["heading"], "fields": list(section["fields"])} for section in program.form
        ]
    return [
        {"heading": shipped.heading[language], "fields": list(shipped.fields)} for shipped in visit_form()
    ]


def _section(heading: str, wanted: list[str], copied: Copied) -> str:
    lines = []
    for field in wanted:
        if field.startswith(MOMENT):
            continue
        told = FIELDS[field](copied).strip()
        if told:
            lines.append(told if len(wanted) == 1 else f"{fields()[field].name[copied.language]}: {told}")
    of_moments = [field for field in wanted if field.startswith(MOMENT)]
    if of_moments:
        lines.append("\n\n".join(_moment(moment, of_moments, copied) for moment in copied.moments))
    return "\n".join([heading.upper(), *lines]) if any(lines) else ""


def _moment(moment: Moment, wanted: list[str], copied: Copied) -> str:
    """Give a moment: its words alone on a line, what belongs to them under it."""
    told = []
    for field in wanted:
        words = OF_MOMENTS[field](moment, copied.language).strip()
        if words:
            told.append(
                words if field == "moment_words" else f"  {fields()[field].name[copied.language]}: {words}"
            )
    return "\n".join(told)


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), _("F j, Y"))


def _when(moment: datetime) -> str:
    return f"{_day(moment)}, {date_format(timezone.localtime(moment), _('g:i a'))}"


def _kind(copied: Copied) -> str:
    visit = copied.visit
    sort = "first" if visit.is_first else "make_up" if visit.makes_up_id else "weekly"
    return kinds()[sort].name[copied.language]


def _planned(copied: Copied, sorts: tuple[str, ...], own: str) -> str:
    plan = getattr(copied.visit, "plan", None)
    if plan is None:
        return ""
    on = timezone.localdate(copied.visit.planned_at)
    ids = [id for id in plan.invitations if id.partition("/")[0] in sorts]
    found = [offered(id, copied.visit.children.all(), on) for id in ids]
    return copied.listed([*(one.name[copied.language] for one in found if one), plan.own_idea if own else ""])


def _signed(copied: Copied, number: int) -> str:
    mine = [signature for signature in copied.signatures if signature.person]
    return _by(mine[number]) if number < len(mine) else ""


def _by(signature: Signature) -> str:
    who = signature.person or signature.caregiver
    told = f"{who.name if who else ''}, {_when(signature.at)}"
    if signature.seen_by:
        told += ", " + _("on paper, seen by %(name)s") % {"name": signature.seen_by.name}
    return told


def _next_date(copied: Copied) -> str:
    visit = copied.visit
    coming = visit.family.visits.filter(status=Visit.Status.PLANNED, planned_at__gt=visit.planned_at)
    following = coming.order_by("planned_at").first()
    return _when(following.planned_at) if following else ""


def _credits(copied: Copied) -> str:
    kept = copied.visit.credits.filter(removed_at=None).select_related("caregiver").order_by("made_at")
    return "\n".join(f"{one.caregiver.name}: {one.words}" if one.caregiver else one.words for one in kept)


def _part(name: str) -> Callable[[Copied], str]:
    return lambda copied: copied.parts.get(name, "")


def _names(relation: str) -> Callable[[Copied], str]:
    return lambda copied: copied.listed(one.name for one in getattr(copied.visit, relation).all())


def _minutes(copied: Copied) -> str:
    length = copied.visit.length
    return str(int(length.total_seconds() // 60)) if length else ""


def _clock(name: str) -> Callable[[Copied], str]:
    def told(copied: Copied) -> str:
        moment = getattr(copied.visit, name)
        return date_format(timezone.localtime(moment), _("g:i a")) if moment else ""

    return told


FIELDS: Mapping[str, Callable[[Copied], str]] = {
    "date": lambda copied: _day(copied.visit.when),
    "start": _clock("started_at"),
    "end": _clock("ended_at"),
    "minutes": _minutes,
    "kind": _kind,
    "outcome": lambda copied: (
        outcomes()[copied.visit.status].name[copied.language] if copied.visit.status in outcomes() else ""
    ),
    "reason": lambda copied: (
        reasons()[copied.visit.reason].name[copied.language] if copied.visit.reason in reasons() else ""
    ),
    "place": lambda copied: places()[copied.visit.place].name[copied.language],
    "children": _names("children"),
    "caregivers": _names("caregivers"),
    "visitors": _names("visitors"),
    "others": lambda copied: copied.visit.others,
    "languages": lambda copied: copied.listed(
        home_languages()[code].name[copied.language]
        for code in copied.visit.languages
        if code in home_languages()
    ),
    "interpreter": lambda copied: copied.visit.interpreter,
    "follow_up": _part("follow_up"),
    "since": _part("since"),
    "hope": lambda copied: getattr(getattr(copied.visit, "plan", None), "hope", ""),
    "activity": lambda copied: _planned(copied, ("routines", "games"), "own"),
    "materials": lambda copied: _planned(copied, ("materials",), ""),
    "credits": _credits,
    "tried": _part("tried"),
    "next": _part("next"),
    "promises_visitor": _part("promises_visitor"),
    "promises_parent": _part("promises_parent"),
    "next_date": _next_date,
    "referrals": _part("referrals"),
    "signed_visitor": lambda copied: _signed(copied, 0),
    "signed_second_visitor": lambda copied: _signed(copied, 1),
    "signed_parent": lambda copied: "; ".join(_by(one) for one in copied.signatures if one.caregiver),
    "addenda": lambda copied: "\n".join(
        f"{_day(one.at)}, {one.by.name}: {one.words}"
        for one in copied.visit.addenda.select_related("by").order_by("at")
    ),
}
OF_MOMENTS: Mapping[str, Callable[[Moment, Language], str]] = {
    "moment_words": lambda moment, language: moment.words,
    "moment_parent_words": lambda moment, language: (
        quoted(moment.parent_words) if moment.parent_words else ""
    ),
    "moment_domains": lambda moment, language: ", ".join(
        domains()[id].name[language] for id in moment.domains if id in domains()
    ),
    "moment_goals": lambda moment, language: "; ".join(
        f"{code} {goals()[code].label[language]}" for code in moment.goals if code in goals()
    ),
}
