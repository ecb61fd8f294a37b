"""What of a family's record is one caregiver's to read, and what is kept from her bundle.

Left out are (45 CFR 1303.23, and what keeps people safe): other families' children, safety notes until somebody
has reviewed them for this caregiver, how to reach another adult who must not be found, and what visitors keep for
themselves (their answers, their focus, drafts). How the rest is told is the subject of `apego.records.bundle`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from apego.records import access, models
from apego.records.models import Caregiver, Family, Person

A_REPORT = "protection"  # practice.consents: a report of a child in danger is no news to bring to a house
# practice.supports: somebody's own, even where no name stands
GUARDED = ("couple", "safety", "safe_house", "law")
# What is between the program and one adult: the path to the family, and to the adult.
OF_ONE_ADULT: dict[type[Any], tuple[str, str]] = {
    models.Contact: ("family", "caregiver"),
    models.Letter: ("visit__family", "caregiver"),
    models.Consent: ("family", "caregiver"),
    models.Transcript: ("family", "consents__caregiver"),
}
Record = TypeVar("Record", bound=Model)


def hidden_from(reader: Caregiver) -> frozenset[UUID]:
    """Give the other adults of her family whose telephone is not safe."""
    others = Caregiver.objects.filter(family=reader.family_id, phone_is_safe=False).exclude(pk=reader.pk)
    return frozenset(others.values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Readable:
    """Whose record is read, by whom (a coordinator with an open reason), and for which caregiver.

    `hidden` are the other adults who must not be found through what is given out.
    """

    by: Person
    family: Family
    reader: Caregiver
    hidden: frozenset[UUID]

    def all_of(self, kind: type[Record], path: str = "family") -> QuerySet[Record]:
        """Give the family's records of a kind, as far as `by` may read them."""
        return access.visible(self.by, kind).filter(**{path: self.family})

    def between_them(self, kind: type[Record]) -> QuerySet[Record]:
        """Give the records of a kind without those that are between the program and a hidden adult."""
        path, _ = OF_ONE_ADULT[kind]
        return self.all_of(kind, path).exclude(pk__in=self._with_hidden(kind).values("pk"))

    def supports(self) -> QuerySet[models.Support]:
        """Give the supports without those of another adult."""
        return self.all_of(models.Support).exclude(pk__in=self._supports_of_others().values("pk"))

    def safety_notes(self) -> QuerySet[models.SafetyNote]:
        """Give only what somebody has read over and released for this very caregiver."""
        return self.all_of(models.SafetyNote).filter(reviewed_at__isnull=False, in_bundle_for=self.reader)

    def disclosures(self) -> QuerySet[models.Disclosure]:
        """Give what went to whom, reports of a child in danger left out."""
        return self.all_of(models.Disclosure).exclude(basis=A_REPORT)

    def withheld(self) -> dict[str, int]:
        """Give how much was left out, by the reason, for the office."""
        notes = self.all_of(models.SafetyNote)
        return {
            "safety-notes": notes.exclude(pk__in=self.safety_notes().values("pk")).count(),
            "where-an-adult-is": len(self.hidden),
            "with-that-adult": sum(self._with_hidden(kind).distinct().count() for kind in OF_ONE_ADULT),
            "how-another-adult-is": self._supports_of_others().count(),
            "reports": self.all_of(models.Disclosure).filter(basis=A_REPORT).count(),
        }

    def _with_hidden(self, kind: type[Record]) -> QuerySet[Record]:
        path, whose = OF_ONE_ADULT[kind]
        return self.all_of(kind, path).filter(**{f"{whose}__in": self.hidden})

    def _supports_of_others(self) -> QuerySet[models.Support]:
        """How another adult of the family is doing was told by her, and is hers."""
        named = Q(caregiver__isnull=False) & ~Q(caregiver=self.reader)
        return self.all_of(models.Support).filter(named | Q(caregiver=None, area__in=GUARDED))
