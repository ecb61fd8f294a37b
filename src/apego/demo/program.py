"""The invented program, played from its content: through the same actions as real work, each at its time.

The same day and the same seed give the same program. Nothing is made that an action could not make.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from apego.demo import (
    afterwards,
    between,
    conversations,
    families,
    gatherings,
    letters,
    people,
    plans,
    rights,
    supervision,
    weeks,
)
from apego.demo.bank import Bank
from apego.demo.content import FamilyTold, content
from apego.demo.stage import Life, Stage

SEED = "brandt-ferry"

Told = Callable[[str, int, int], None]  # what is being played, how much of it is done, of how many


def play(
    *, now: datetime, only: Collection[str] = (), seed: str = SEED, progress: Told = lambda *_: None
) -> Stage:
    """Play the program into the database of this installation, which must be empty.

    `only` names the families to play, by the name of their file; without it, all of them. `progress` hears
    how far it is.
    """
    stage = Stage(now, seed, content())
    told = [family for family in stage.content.families.values() if not only or family.slug in only]
    bank = Bank(stage.content)
    with timezone.override(stage.zone):
        with transaction.atomic():
            people.come_in(stage)
        for number, family in enumerate(told, start=1):
            with transaction.atomic():
                _family(stage, family, bank)
            progress("families", number, len(told))
        _together(stage, progress)
    return stage


def _family(stage: Stage, told: FamilyTold, bank: Bank) -> None:
    home = families.enrol(stage, told)
    life = Life()
    spoken = {one.weeks_ago: one for one in stage.content.conversations if one.family == told.slug}
    weeks.lay_out(stage, home, life, bank, spoken)
    families.keep_company(stage, home, life)
    between.keep_in_touch(stage, home, life, bank)
    life.go(until=stage.now)
    letters.write(stage, home)
    plans.plan(stage, home)


def _together(stage: Stage, progress: Told) -> None:
    """What comes after the visits, or belongs to more than one family."""
    heard = [one for one in stage.content.conversations if one.family in stage.homes]
    for number, conversation in enumerate(heard, start=1):
        conversations.bring(stage, conversation)
        progress("conversations", number, len(heard))
    with transaction.atomic():
        afterwards.look_back(stage)
        for number, gathering in enumerate(stage.content.gatherings):
            gatherings.gather(stage, gathering, number)
        for number, session in enumerate(stage.content.sessions):
            supervision.talk(stage, session, number)
        for request in stage.content.requests:
            if request.family in stage.homes:
                rights.ask(stage, request)
        for hold in stage.content.holds:
            if hold.family in stage.homes:
                rights.hold(stage, hold)
