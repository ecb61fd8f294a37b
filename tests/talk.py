"""A conversation of Ana's with the Ortega family, for tests: who consented, what was said, what was found."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from apego.listening.formats import read_data
from apego.listening.transcript import Role
from apego.practice.consents import consent_purpose
from apego.records import jobs
from apego.records.actions import consents, reflections, transcripts
from apego.records.consents import Adult
from apego.records.models import Consent, Family, Person, Reflection, Transcript, Visit
from tests.people import NOW, TODAY

UNTIL = date(2027, 6, 30)
SAID = """Ana: ¿Cómo les fue esta semana con las dos tomas de la noche?
Rosa: Pues bien, fíjese que anoche le canté la que me cantaba mi abuelita y se quedó mirándome.
Ana: O sea que le cantó y ella la buscó con los ojos.
Rosa: Sí, y luego se rió. Yo también me reí.
Inés: [balbucea]
Rosa: ¿Qué pasó, mi amor? Aquí estoy.
Inés: [se ríe]
Rosa: ¡Ay, qué risa!
Ana: En cuanto usted habló, volteó a verla.
Rosa: Siempre me busca cuando oye mi voz.
"""


def consent_of(family: Family, by: Person, adult: Adult | None = None, **facts: Any) -> Consent:
    """A consent of the family's mother, signed today on paper; `facts` change what was asked."""
    adult = adult or Adult(family.caregivers.all()[0])
    purpose = facts.pop("purpose", "transcript")
    blanks = dict.fromkeys(consent_purpose(purpose).asks, "Rosa") | {"until": "June 30, 2027"}
    asked = consents.Asked(
        purpose=purpose,
        words=consent_purpose(purpose).written("es", blanks),
        language="es",
        interpreted=False,
        until=facts.pop("until", UNTIL),
    )
    told: dict[str, Any] = {"how": Consent.How.PAPER, "on": TODAY, "id": uuid4()} | facts
    return consents.sign(family=family, adult=adult, asked=asked, by=by, at=NOW, **told)


def brought(visit: Visit, by: Person, *, id: UUID | None = None, said: str = SAID) -> Transcript:
    """The conversation, brought in with the mother's consent."""
    room = [Adult(visit.family.caregivers.all()[0])]
    heard = read_data(said.encode(), "visit.txt")
    return transcripts.bring(id=id or uuid4(), visit=visit, room=room, said=heard, on=TODAY, by=by, at=NOW)


def reflected(visit: Visit, by: Person) -> Reflection:
    """The conversation with everybody named, and what was found in it. The worker works at once in tests."""
    consent_of(visit.family, by)
    transcript = brought(visit, by)
    cast = {"Ana": Role.VISITOR, "Rosa": Role.PARENT, "Inés": Role.CHILD}
    transcript = transcripts.name_speakers(transcript=transcript, cast=cast, by=by, at=NOW)
    reflection = reflections.begin(id=uuid4(), transcript=transcript, by=by, at=NOW)
    jobs.reflect.call(str(reflection.id))
    reflection.refresh_from_db()
    return reflection
