"""What every page knows: who is looking, and which doors are hers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apego.records.models import Person, Role

# role -> the doors at the foot of the phone: name of the page, its word
DOORS = {
    Role.VISITOR: (
        ("today", _("Today")),
        ("families", _("Families")),
        ("reflect", _("Reflect")),
        ("learn", _("Learn")),
    ),
    Role.SUPERVISOR: (
        ("supervision", _("Supervision")),
        ("families", _("Families")),
        ("socializations", _("Groups")),
        ("learn", _("Learn")),
    ),
    Role.COORDINATOR: (
        ("office", _("Office")),
        ("families", _("Families")),
        ("people", _("People")),
        ("socializations", _("Groups")),
        ("learn", _("Learn")),
    ),
}


def surroundings(request: HttpRequest) -> dict[str, Any]:
    person = getattr(request, "user", None)
    return {
        "doors": DOORS[Role(person.role)] if isinstance(person, Person) else (),
        "program": getattr(request, "program", None),
        "language": get_language(),
    }
