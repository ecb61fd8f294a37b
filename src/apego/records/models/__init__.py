"""The nouns that are kept, one file for each of their families."""

from __future__ import annotations

from apego.records.models.drafts import Delivery, Draft, Variant
from apego.records.models.families import (
    Assignment,
    Caregiver,
    Child,
    Contact,
    Family,
    Memento,
    Occasion,
    Option,
    SafetyNote,
    Said,
    Support,
)
from apego.records.models.kept import Kept, Versioned
from apego.records.models.learning import LessonAnswer, Mark, Progress
from apego.records.models.log import Line
from apego.records.models.people import CalendarAddress, Focus, Invitation, Person, Role
from apego.records.models.program import Program
from apego.records.models.reflections import AfterVisit, OwnAnswer, Reflection, Transcript
from apego.records.models.rights import (
    AnnualNotice,
    Consent,
    Destroyed,
    Disclosure,
    Hold,
    Opening,
    ParentRequest,
)
from apego.records.models.supervision import Supervision
from apego.records.models.visits import (
    Addendum,
    Attendance,
    Credit,
    Letter,
    Moment,
    Plan,
    Series,
    Signature,
    Socialization,
    Visit,
    VisitPart,
)

__all__ = [
    "Addendum",
    "AfterVisit",
    "AnnualNotice",
    "Assignment",
    "Attendance",
    "CalendarAddress",
    "Caregiver",
    "Child",
    "Consent",
    "Contact",
    "Credit",
    "Delivery",
    "Destroyed",
    "Disclosure",
    "Draft",
    "Family",
    "Focus",
    "Hold",
    "Invitation",
    "Kept",
    "LessonAnswer",
    "Letter",
    "Line",
    "Mark",
    "Memento",
    "Moment",
    "Occasion",
    "Opening",
    "Option",
    "OwnAnswer",
    "ParentRequest",
    "Person",
    "Plan",
    "Program",
    "Progress",
    "Reflection",
    "Role",
    "SafetyNote",
    "Said",
    "Series",
    "Signature",
    "Socialization",
    "Supervision",
    "Support",
    "Transcript",
    "Variant",
    "Versioned",
    "Visit",
    "VisitPart",
]
