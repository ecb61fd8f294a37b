"""What a line of the log says: the words for each thing that somebody can do with a family's record."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apego.records.models import Line

# What somebody looked at, by the kind of record; anything else is told by OTHER.
LOOKED: Mapping[str, Promise] = {
    "family": _("looked at the family's page"),
    "visit": _("looked at a visit"),
    "letter": _("looked at a letter"),
    "consent": _("looked at a consent"),
    "safetynote": _("looked at a safety note"),
    "transcript": _("looked at a conversation"),
    "reflection": _("looked at a reflection"),
    "parentrequest": _("looked at a parent's request"),
}
OTHER_LOOK = _("looked at the record")
OTHER = _("changed the record")

DONE: Mapping[str, Promise] = {
    "bundled": _("made a copy of the record for an adult of the family"),
    "assignments.assign": _("gave the family to a visitor"),
    "assignments.cover": _("let a visitor cover for a while"),
    "assignments.hand_over": _("handed the family over to another visitor"),
    "assignments.end": _("ended a visitor's time with the family"),
    "consents.sign": _("kept a signed consent"),
    "consents.revoke": _("noted that a consent was taken back"),
    "consents.disclose": _("wrote down that something went to somebody outside"),
    "contacts.record": _("noted a call or a message"),
    "destruction.destroy": _("destroyed the record"),
    "destruction.destroy_transcript": _("destroyed a conversation"),
    "families.enrol": _("enrolled the family"),
    "families.change": _("changed the family's facts"),
    "families.add_child": _("added a child"),
    "families.change_child": _("changed a child's facts"),
    "families.add_caregiver": _("added an adult"),
    "families.change_caregiver": _("changed an adult's facts"),
    "families.end": _("ended the enrolment"),
    "first_visit.say": _("noted what was said at the first visit"),
    "first_visit.take_back": _("took back what was noted of the first visit"),
    "holds.set_up": _("set a legal hold"),
    "holds.lift": _("lifted a legal hold"),
    "letters.keep": _("wrote a letter"),
    "letters.change": _("changed a letter"),
    "letters.give": _("gave a letter"),
    "moments.keep": _("kept a moment"),
    "moments.change": _("changed a moment"),
    "moments.remove": _("removed a moment"),
    "moments.restore": _("brought a moment back"),
    "moments.leave": _("left a moment's words as they are"),
    "moments.credit": _("kept a credit"),
    "moments.uncredit": _("removed a credit"),
    "moments.recredit": _("brought a credit back"),
    "notices.give": _("gave the notice of the year"),
    "occasions.add": _("noted an important day"),
    "occasions.change": _("changed an important day"),
    "occasions.remove": _("removed an important day"),
    "occasions.bring_back": _("brought an important day back"),
    "occasions.keep_memento": _("noted a memento"),
    "openings.begin": _("opened the record with a reason"),
    "openings.close": _("closed the record again"),
    "plans.write": _("planned a visit"),
    "reflections.begin": _("had a conversation read"),
    "reflections.try_again": _("had a conversation read once more"),
    "requests.receive": _("noted a parent's request"),
    "requests.answer": _("answered a parent's request"),
    "requests.amend": _("corrected a visit at a parent's request"),
    "requests.state": _("kept a parent's statement"),
    "safety.note": _("wrote a safety note"),
    "safety.review": _("reviewed a safety note"),
    "series.begin": _("began weekly visits"),
    "series.lay_out": _("laid weekly visits out"),
    "series.end": _("ended weekly visits"),
    "socializations.came": _("noted who came to a group socialization"),
    "socializations.did_not_come": _("noted that the family did not come"),
    "socializations.keep": _("kept a moment of a group socialization"),
    "supports.note": _("noted a support, or how an adult is doing"),
    "transcripts.bring": _("brought a conversation in"),
    "transcripts.name_speakers": _("said who is who in a conversation"),
    "transcripts.share": _("shared a conversation with the supervisor"),
    "transcripts.take_back": _("took a conversation back"),
    "transcripts.destroy": _("destroyed a conversation"),
    "variants.settle": _("decided between two edits"),
    "visits.schedule": _("planned a visit's day"),
    "visits.reschedule": _("moved a visit"),
    "visits.not_held": _("noted that a visit was not held"),
    "visits.put_back": _("put a visit back"),
    "visits.make_up": _("planned to make a visit up"),
    "visits.start": _("began a visit"),
    "visits.change": _("changed who, when and where of a visit"),
    "visits.write": _("wrote in a visit"),
    "visits.finish": _("finished a visit"),
    "visits.sign": _("signed a visit"),
    "visits.add": _("added to a finished visit"),
}


def said(line: Line) -> Promise:
    """Give what a line says: what was done, never a word of the record."""
    if line.verb == "looked":
        return LOOKED.get(line.kind, OTHER_LOOK)
    return DONE.get(line.verb, OTHER)
