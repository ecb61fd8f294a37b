"""What comes out of the network, in order: the outputs that ship, those of counselling alone, and word ends."""

from __future__ import annotations

from apego.listening.stops import ENDINGS
from training.material import BEHAVIOURS, LABELS, STANDING

COUNSELLED = ("reflect", "open_question", "closed_question", "inform", "advise")  # what AnnoMI speaks of
SHARED = [LABELS.index(label) for label in COUNSELLED]
AT_HOME = slice(0, len(LABELS))  # these ship
IN_COUNSELLING = slice(
    AT_HOME.stop, AT_HOME.stop + len(COUNSELLED)
)  # the same labels as counsellors use them
STANDS_IN = slice(IN_COUNSELLING.stop, IN_COUNSELLING.stop + len(STANDING))  # whether a behaviour does at all
YES_OR_NO = slice(0, STANDS_IN.stop)
BEHAVIOUR = slice(STANDS_IN.stop, STANDS_IN.stop + len(BEHAVIOURS))
STOPS = slice(BEHAVIOUR.stop, BEHAVIOUR.stop + len(ENDINGS))  # what stands behind a word; ships too
OUTPUTS = STOPS.stop
