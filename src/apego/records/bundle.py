"""One family's record as a page that a parent reads: everything in it that is theirs to read, and nothing else.

A bundle is made for one caregiver, in her language where content has it. What is left out of it, and why, is the
subject of `apego.records.readable`; it is told to the office (`withheld`) and not in the bundle, where an empty
place would say as much as the words.

The shape is plain (sections, entries, facts, passages), so that the page and the JSON are the same bundle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from apego.practice import consents as permissions
from apego.practice import domains, first_visit, planning, relationship, supports, visiting
from apego.practice.content import Language
from apego.records import access, models
from apego.records.letters import home_language
from apego.records.models import Caregiver, Family, Person, Visit
from apego.records.planning import offered
from apego.records.readable import Readable, hidden_from
from apego.records.transcripts import words_of

FORMAT = 1  # of the JSON
YOU = ("you", "usted")  # how a reflection names whom it is told to


@dataclass(frozen=True, slots=True)
class Passage:
    """Somebody's words, whose they are and what they are; `drawing` is a signature as it was drawn."""

    words: str
    lang: str = ""
    who: str = ""
    about: str = ""
    drawing: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of the record: what it is, its facts, and the words in it."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Bundle:
    """A family's record for one caregiver. `withheld` says to the office what is not in it: code and how many."""

    family: str
    caregiver: str
    language: Language
    made_on: str
    title: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    withheld: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Give the bundle as plain values. What was withheld is not named here either."""
        told = asdict(self)
        del told["withheld"]
        return {"format": FORMAT, **told}


@dataclass(frozen=True, slots=True)
class _Reading(Readable):
    """What is the reader's to read, told in her language where content has it."""

    language: Language

    def named(self, entries: Mapping[str, Any], id: str) -> str:
        return str(entries[id].name[self.language]) if id in entries else id

    def all_named(self, entries: Mapping[str, Any], ids: Iterable[str]) -> str:
        return ", ".join(self.named(entries, id) for id in ids)


def bundle(
    family: Family, reader: Caregiver, *, by: Person, on: date, language: Language | None = None
) -> Bundle:
    """Give the record of a family for one of its caregivers, as far as `by` may read it."""
    language = language or home_language(reader)
    with override(language):
        reading = _Reading(by, family, reader, hidden_from(reader), language)
        told = [Section(id, str(heading()), tuple(entries(reading))) for id, heading, entries in SECTIONS]
        return Bundle(
            family=family.name,
            caregiver=reader.name,
            language=language,
            made_on=_day(on),
            title=_("The record of %(family)s") % {"family": family.name},
            opening=(
                _("Made for %(name)s on %(day)s.") % {"name": reader.name, "day": _day(on)},
                # Said in every bundle, whether something was left out or not.
                _(
                    "It holds what the program has written down about your family. What belongs to other families, and "
                    "what the law protects, is not part of it."
                ),
                _("You may ask for a correction of anything in it."),
            ),
            sections=tuple(section for section in told if section.entries),
            withheld={code: count for code, count in reading.withheld().items() if count},
        )


def _day(value: date | datetime | None) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return date_format(value, _("F j, Y"))


def _when(value: datetime | None) -> str:
    return f"{_day(value)}, {date_format(timezone.localtime(value), _('g:i a'))}" if value else ""


def _told(*facts: tuple[str, Any]) -> tuple[tuple[str, str], ...]:
    """Keep the facts that say something."""
    return tuple((str(label), str(value)) for label, value in facts if value not in (None, "", [], False))


def _said(*passages: Passage) -> tuple[Passage, ...]:
    return tuple(one for one in passages if one.words or one.drawing)


def _names(people: Iterable[Any]) -> str:
    return ", ".join(one.name for one in people)


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")


def _family(reading: _Reading) -> Iterator[Entry]:
    family = reading.family
    yield Entry(
        family.name,
        _told(
            # Where one adult must not be found, the address may be hers.
            (_("Address"), "" if reading.hidden else family.address),
            (_("Program"), family.get_option_display()),
            (_("Enrolled on"), _day(family.enrolled_on)),
            (_("Left on"), _day(family.left_on)),
            (_("Home languages"), reading.all_named(visiting.home_languages(), family.home_languages)),
            (_("Interpreter"), family.interpreter or (_("needed") if family.interpreter_needed else "")),
            (_("Celebrates birthdays and holidays"), _yes(family.celebrates)),
        ),
        _said(
            Passage(family.matters, family.words_language, about=_("What matters in this family")),
            Passage(family.hopes, family.words_language, about=_("What the family hopes for")),
        ),
    )
    for child in family.children.all():
        weeks = _("%(weeks)d weeks early") % {"weeks": child.weeks_early} if child.weeks_early else ""
        yield Entry(child.name, _told((_("Born on"), _day(child.born_on)), (_("Born"), weeks)))
    for caregiver in family.caregivers.all():
        yield _caregiver(reading, caregiver)
    for one in reading.all_of(models.Assignment).select_related("visitor").order_by("since"):
        until = _("until %(day)s") % {"day": _day(one.until)} if one.until else ""
        since = _("since %(day)s") % {"day": _day(one.since)}
        yield Entry(one.visitor.name, _told((one.get_kind_display(), f"{since} {until}".strip())))


def _caregiver(reading: _Reading, caregiver: Caregiver) -> Entry:
    """A caregiver's own facts in her own bundle; of another adult what is no way to find or to watch her."""
    own = caregiver.pk == reading.reader.pk
    return Entry(
        caregiver.name,
        _told(
            (_("Relation"), reading.named(visiting.relations(), caregiver.relation)),
            (_("Telephone"), caregiver.phone if own or caregiver.phone_is_safe else ""),
            (_("Safe hours"), caregiver.safe_hours if own else ""),
            (_("Wants letters"), _yes(caregiver.wants_letters) if own else ""),
            (_("Reading"), reading.named(visiting.reading(), caregiver.reads) if own else ""),
            (_("Language"), reading.named(visiting.home_languages(), caregiver.language)),
        ),
    )


def _visits(reading: _Reading) -> Iterator[Entry]:
    found = reading.all_of(Visit).exclude(status=Visit.Status.PLANNED).order_by("planned_at")
    related = ("visitors", "children", "caregivers", "parts", "moments__by", "moments__children", "credits__caregiver",
               "signatures__person", "signatures__caregiver", "addenda__by", "plan__made_with")  # fmt: skip
    for visit in found.prefetch_related(*related):
        yield Entry(
            _("Visit of %(day)s") % {"day": _day(visit.when)},
            _facts_of_visit(reading, visit),
            _said(*_plan(reading, visit), *_words_of_visit(reading, visit)),
        )


def _facts_of_visit(reading: _Reading, visit: Visit) -> tuple[tuple[str, str], ...]:
    return _told(
        (_("State"), visit.get_status_display()),
        (_("Reason"), reading.named(visiting.reasons(), visit.reason)),
        (_("Began"), _when(visit.started_at)),
        (_("Ended"), _when(visit.ended_at)),
        (_("Place"), "" if reading.hidden else reading.named(visiting.places(), visit.place)),
        (_("Visitors"), _names(visit.visitors.all())),
        (_("Children"), _names(visit.children.all())),
        (_("Adults"), _names(visit.caregivers.all())),
        (_("Others"), visit.others),
        (_("Languages"), reading.all_named(visiting.home_languages(), visit.languages)),
        (_("Interpreter"), visit.interpreter),
    )


def _plan(reading: _Reading, visit: Visit) -> Iterator[Passage]:
    plan = getattr(visit, "plan", None)
    if plan is None:
        return
    on = timezone.localdate(visit.planned_at)
    found = [offered(id, visit.children.all(), on) for id in plan.invitations]
    chosen = ", ".join(str(one.name[reading.language]) for one in found if one)
    parts = (
        (_("What the parent has noticed"), plan.noticed),
        (_("The hope for this visit"), plan.hope),
        (_("What we do together"), ". ".join(filter(None, (chosen, plan.own_idea)))),
        (_("A question"), plan.own_question),
        (_("To bring"), plan.bring),
    )
    kind = _("Plan")
    for what, words in parts:
        yield Passage(words, about=f"{kind}: {what}")


def _words_of_visit(reading: _Reading, visit: Visit) -> Iterator[Passage]:
    for part in sorted(visit.parts.all(), key=lambda one: one.made_at):
        yield Passage(part.words, about=reading.named(planning.visit_parts(), part.part))
    for moment in sorted(visit.moments.all(), key=lambda one: one.at):
        if moment.removed_at is None:
            yield from _moment(reading, moment)
    for credit in visit.credits.all():
        if credit.removed_at is None:
            whose = f": {credit.caregiver.name}" if credit.caregiver else ""
            yield Passage(credit.words, credit.language, about=f"{credit.get_kind_display()}{whose}")
    for addendum in sorted(visit.addenda.all(), key=lambda one: one.at):
        yield Passage(addendum.words, who=f"{addendum.by.name}, {_day(addendum.at)}", about=_("Addendum"))
    for signature in sorted(visit.signatures.all(), key=lambda one: one.at):
        who = signature.person or signature.caregiver
        how = signature.get_how_display()
        yield Passage(
            how,
            who=f"{who.name if who else ''}, {_when(signature.at)}",
            about=_("Signed"),
            drawing=signature.drawing,
        )


def _moment(reading: _Reading, moment: models.Moment) -> Iterator[Passage]:
    shown = (
        reading.all_named(relationship.moment_kinds(), moment.kinds),
        reading.all_named(relationship.capacities(), moment.capacities),
        reading.all_named(domains.domains(), moment.domains),
        ", ".join(moment.goals),
    )
    about = "; ".join([_("A moment"), *filter(None, shown)])
    yield Passage(moment.words, moment.language, f"{moment.by.name}, {_when(moment.at)}", about)
    yield Passage(moment.parent_words, moment.parent_language, about=_("In the parent's words"))


def _groups(reading: _Reading) -> Iterator[Entry]:
    """Group socializations: this family's part of them. Who else came, and what others said, is not theirs."""
    came = {
        one.socialization_id: one
        for one in reading.all_of(models.Attendance).prefetch_related("children", "caregivers")
    }
    seen: dict[UUID, list[models.Moment]] = {}
    for moment in (
        reading.all_of(models.Moment).filter(visit=None, removed_at=None).select_related("by").order_by("at")
    ):
        seen.setdefault(moment.socialization_id, []).append(moment)  # type: ignore[arg-type]
    for group in (
        access.visible(reading.by, models.Socialization).filter(pk__in={*came, *seen}).order_by("at")
    ):
        one = came.get(group.pk)
        yield Entry(
            _("Group socialization of %(day)s") % {"day": _day(group.at)},
            _told(
                (_("Place"), group.place),
                (_("Children"), _names(one.children.all()) if one else ""),
                (_("Adults"), _names(one.caregivers.all()) if one else ""),
            ),
            tuple(
                passage for moment in seen.get(group.pk, ()) for passage in _said(*_moment(reading, moment))
            ),
        )


def _contacts(reading: _Reading) -> Iterator[Entry]:
    found = reading.between_them(models.Contact).select_related("caregiver", "by")
    for one in found.order_by("at"):
        with_whom = one.caregiver.name if one.caregiver else ""
        how = reading.named(visiting.contacts(), one.how)
        yield Entry(
            _when(one.at), _told((how, with_whom or one.by.name)), _said(Passage(one.words, who=one.by.name))
        )


def _letters(reading: _Reading) -> Iterator[Entry]:
    found = reading.between_them(models.Letter)
    for one in found.select_related("caregiver", "visit").order_by("visit__planned_at"):
        given = _("Read aloud on") if one.read_aloud else _("Given on")
        yield Entry(
            _("A letter to %(name)s") % {"name": one.caregiver.name},
            _told((_("Visit"), _day(one.visit.planned_at)), (given, _day(one.given_at))),
            _said(Passage(one.words, one.language)),
        )


def _days(reading: _Reading) -> Iterator[Entry]:
    for occasion in reading.all_of(models.Occasion).filter(removed_at=None).order_by("day"):
        day = date.fromisoformat(f"2024-{occasion.day}")  # a leap year, which has every day
        what = reading.named(visiting.days(), occasion.kind)
        yield Entry(
            what or _("An important day"),
            _told((_("Every year on"), date_format(day, _("F j")))),
            _said(Passage(occasion.what)),
        )
    for one in reading.all_of(models.Memento).select_related("by").order_by("on"):
        yield Entry(_day(one.on), (), _said(Passage(one.words, who=one.by.name)))


def _supports(reading: _Reading) -> Iterator[Entry]:
    for one in reading.supports().select_related("caregiver", "by").order_by("on"):
        yield Entry(
            f"{_day(one.on)}: {reading.named(supports.areas(), one.area)}",
            _told(
                (_("Support"), reading.named(supports.support_kinds(), one.kind)),
                (_("Step"), reading.named(supports.referral_steps(), one.step)),
            ),
            _said(Passage(one.words, who=one.by.name)),
        )


def _safety(reading: _Reading) -> Iterator[Entry]:
    for note in reading.safety_notes().select_related("by").order_by("at"):
        yield Entry(_when(note.at), (), _said(Passage(note.words, who=note.by.name)))


def _told_at_first(reading: _Reading) -> Iterator[Entry]:
    topics = first_visit.topics()
    for one in reading.all_of(models.Said).select_related("by").order_by("on"):
        language = reading.named(visiting.home_languages(), one.language)
        yield Entry(
            reading.named(topics, one.topic),
            _told((_("Said on"), _day(one.on)), (_("Language"), language), (_("By"), one.by.name)),
        )


def _consents(reading: _Reading) -> Iterator[Entry]:
    for one in (
        reading.between_them(models.Consent).select_related("caregiver", "seen_by").order_by("signed_on")
    ):
        signed = Passage(
            one.typed_name or one.get_how_display(),
            who=f"{one.whose}, {_day(one.signed_on)}",
            about=_("Signed"),
            drawing=one.drawing,
        )
        yield Entry(
            reading.named(permissions.consent_purposes(), one.purpose),
            _told(
                (_("Signed by"), one.whose),
                (_("Seen by"), one.seen_by.name),
                (_("Until"), _day(one.until)),
                (_("Taken back on"), _day(one.revoked_at)),
                (_("With whom"), one.party),
                (_("Which records"), one.what),
            ),
            _said(Passage(one.words, one.language), signed),
        )


def _disclosures(reading: _Reading) -> Iterator[Entry]:
    grounds = permissions.grounds()
    for one in reading.disclosures().select_related("by").order_by("at"):
        yield Entry(
            f"{_day(one.at)}: {one.party}",
            _told((_("Ground"), reading.named(grounds, one.basis)), (_("By"), one.by.name)),
            _said(Passage(one.what)),
        )


def _requests(reading: _Reading) -> Iterator[Entry]:
    for one in reading.all_of(models.ParentRequest).select_related("caregiver").order_by("received_on"):
        if one.caregiver_id in reading.hidden:
            if one.statement:  # a parent's statement goes wherever the record goes
                yield Entry(_("The parent's statement"), (), (Passage(one.statement),))
            continue
        yield Entry(
            one.get_kind_display(),
            _told(
                (_("Asked by"), one.caregiver.name if one.caregiver else ""),
                (_("Received on"), _day(one.received_on)),
                (_("Answered on"), _day(one.answered_on)),
                (_("Answer"), one.get_answer_display()),
            ),
            _said(
                Passage(one.words, about=_("The request")),
                Passage(one.answer_words, about=_("The answer")),
                Passage(one.statement, about=_("The parent's statement")),
            ),
        )


def _notices(reading: _Reading) -> Iterator[Entry]:
    for one in reading.all_of(models.AnnualNotice).order_by("on"):
        yield Entry(
            _day(one.on), _told((_("Language"), dict(settings.LANGUAGES).get(one.language, one.language)))
        )


def _conversations(reading: _Reading) -> Iterator[Entry]:
    """What was said, turn by turn, and what was found in it, quoted. The question put to the visitor is hers."""
    for transcript in (
        reading.between_them(models.Transcript)
        .select_related("by")
        .prefetch_related("reflections")
        .order_by("on")
    ):
        said = "\n".join(f"{turn.speaker}: {turn.text}" for turn in words_of(transcript).turns)
        yield Entry(
            _("Conversation of %(day)s") % {"day": _day(transcript.on)},
            _told((_("Kept until"), _day(transcript.keep_until))),
            _said(Passage(said)),
        )
        for one in sorted(transcript.reflections.all(), key=lambda found: found.made_at):
            if one.state == models.Reflection.State.DONE:
                yield Entry(
                    _("What was found in it, %(day)s") % {"day": _day(one.done_at)},
                    _told((_("Told to"), transcript.by.name)),
                    tuple(_found(one.document, transcript.by.name)),
                )


def _found(document: Mapping[str, Any], visitor: str) -> Iterator[Passage]:
    """What Apego said of a moment, above the words that it quotes. It was told to the visitor: “you” is she."""
    told = [told for part in document.get("parts", ()) for group in part["groups"] for told in group["told"]]
    for one in filter(None, [document.get("moment"), *told]):
        for place, quote in enumerate(one["quotes"]):
            who = visitor if quote["who"].casefold() in YOU else quote["who"]
            signed = ", ".join(filter(None, (who, quote["at"])))
            yield Passage(quote["text"], quote["language"] or "", signed, about="" if place else one["says"])


# id, heading, and what makes the entries; in the order of the page
SECTIONS: tuple[tuple[str, Callable[[], str], Callable[[_Reading], Iterator[Entry]]], ...] = (
    ("statements", lambda: _("Requests, and the parent's own words"), _requests),
    ("family", lambda: _("The family"), _family),
    ("first-visit", lambda: _("What was said at the beginning"), _told_at_first),
    ("visits", lambda: _("Visits"), _visits),
    ("groups", lambda: _("Group socializations"), _groups),
    ("contacts", lambda: _("Calls and messages"), _contacts),
    ("letters", lambda: _("Letters"), _letters),
    ("days", lambda: _("Important days and mementos"), _days),
    ("supports", lambda: _("How you are doing, and supports"), _supports),
    ("safety", lambda: _("Safety"), _safety),
    ("consents", lambda: _("Consents"), _consents),
    ("disclosures", lambda: _("What went to whom"), _disclosures),
    ("notices", lambda: _("Notices of every year"), _notices),
    ("conversations", lambda: _("Conversations"), _conversations),
)
