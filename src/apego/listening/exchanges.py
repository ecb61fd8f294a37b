"""Between parent and child: exchanges back and forth, shared pleasure, and repair.

An exchange is told as a scene, never measured as a quality. Who answered whom within
how many seconds is counted in `apego.listening.turns`, for research.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from apego.listening.conversation import Conversation, Spell
from apego.listening.findings import Finding, in_order
from apego.listening.folded import fold
from apego.listening.transcript import Mark, Role
from apego.practice.signs import sign

# A pause of five seconds ends an exchange: the window of the LENA turn rule and of
# Tamis-LeMonda, Bornstein & Baumwell (2001) for an answer to a child.
PAUSE_MS = 5_000
FEWEST_SPELLS = 4
SCENES = 4
# A moment is quoted large: it should be read in a breath.
LONG_WORDS = 30
ANSWERS = 2
# How long after a protest comfort and reunion are still looked for.
REPAIR_MS = 120_000
REPAIR_SPELLS = 14


@dataclass(frozen=True, slots=True)
class Exchange:
    """Parent and child in turn, from spell `first` to spell `last` (both included), nobody else between."""

    first: int
    last: int
    laughter: bool
    song: bool
    child_began: bool

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    @property
    def worth(self) -> int:
        """Which exchange to return to first: long, with laughter or song, begun by the child. Never shown."""
        return min(self.length, 14) + 6 * self.laughter + 4 * self.song + 2 * self.child_began


def exchanges(conversation: Conversation) -> tuple[Exchange, ...]:
    """Give every stretch in which parent and child take turns at least four times without a long pause."""
    return tuple(_exchanges(conversation))


def meeting(conversation: Conversation) -> Finding | None:
    """Give the moment to return to: where parent and child met most plainly. None when there is none."""
    found = exchanges(conversation)
    if not found:
        return None
    best = max(found, key=lambda exchange: (exchange.worth, -exchange.first))
    kind = "met-laughter" if best.laughter else "met-song" if best.song else "met"
    pair = _peak(conversation, best)
    return Finding(kind, tuple(map(conversation.quote_spell, pair)), _people(conversation, best))


def scenes(conversation: Conversation, besides: Finding | None = None) -> tuple[Finding, ...]:
    """Tell the fullest exchanges and every repair as scenes, in the order they came."""
    repaired = repairs(conversation)
    taken = {quote.first for finding in repaired for quote in finding.quotes}
    if besides:
        taken |= {quote.first for quote in besides.quotes}
    free = [each for each in exchanges(conversation) if not taken & set(_turns(conversation, each))]
    best = sorted(free, key=lambda exchange: -exchange.worth)[: SCENES - min(2, len(repaired))]
    told = [*(_scene(conversation, exchange) for exchange in best), *repaired[:2]]
    taken |= {quote.first for finding in told for quote in finding.quotes}
    taken |= {turn for exchange in best for turn in _turns(conversation, exchange)}
    return in_order([*told, *answers(conversation, taken)])


def answers(conversation: Conversation, taken: set[int]) -> tuple[Finding, ...]:
    """Give a child's reaching out that a parent answered in words, apart from the turns already told."""
    found = [
        Finding(
            "answered",
            (conversation.quote_spell(child), conversation.quote_spell(parent)),
            {"child": child.speaker, "parent": parent.speaker},
        )
        for child, parent in pairwise(conversation.spells)
        if child.role == Role.CHILD
        and parent.role == Role.PARENT
        and parent.words
        and _goes_on(conversation, child, parent)
        and not taken & {child.first, parent.first}
        and _turns_to(conversation, child, parent)
    ]
    return tuple(found[:ANSWERS])


def repairs(conversation: Conversation) -> tuple[Finding, ...]:
    """Find where a child protested or cried, a parent answered, and the two found each other again."""
    found: list[Finding] = []
    spells = conversation.spells
    place = 0
    while place < len(spells):
        if not _is_protest(conversation, spells[place]):
            place += 1
            continue
        last = _last_protest(conversation, place)
        finding, after = _repair(conversation, place, last)
        if finding:
            found.append(finding)
        place = after
    return tuple(found)


def _exchanges(conversation: Conversation) -> Iterator[Exchange]:
    spells = conversation.spells
    first = 0
    for place in range(len(spells) + 1):
        if first < place < len(spells) and _goes_on(conversation, spells[place - 1], spells[place]):
            continue
        if exchange := _exchange(conversation, first, place - 1):
            yield exchange
        first = place


def _goes_on(conversation: Conversation, earlier: Spell, later: Spell) -> bool:
    """True where one answers the other. A child's protest ends an exchange: what follows is repair."""
    if not {earlier.role, later.role} <= {Role.PARENT, Role.CHILD}:
        return False
    if _is_protest(conversation, earlier) or _is_protest(conversation, later):
        return False
    if earlier.end_ms is None or later.start_ms is None:
        return True
    return later.start_ms - earlier.end_ms < PAUSE_MS


def _exchange(conversation: Conversation, first: int, last: int) -> Exchange | None:
    spells = conversation.spells[first : last + 1]
    roles = [spell.role for spell in spells]
    if len(spells) < FEWEST_SPELLS or roles.count(Role.CHILD) < 2 or roles.count(Role.PARENT) < 2:
        return None
    if not any(spell.words for spell in spells if spell.role == Role.PARENT):
        return None
    laughing = {spell.role for spell in spells if Mark.LAUGHTER in conversation.marks(spell)}
    sung = any(Mark.SONG in conversation.marks(spell) for spell in spells)
    return Exchange(first, last, laughing == {Role.PARENT, Role.CHILD}, sung, roles[0] == Role.CHILD)


def _turns(conversation: Conversation, exchange: Exchange) -> range:
    spells = conversation.spells
    return range(spells[exchange.first].first, spells[exchange.last].last + 1)


def _people(conversation: Conversation, exchange: Exchange) -> dict[str, str]:
    spells = conversation.spells[exchange.first : exchange.last + 1]
    child = next(spell.speaker for spell in spells if spell.role == Role.CHILD)
    parent = next(spell.speaker for spell in spells if spell.role == Role.PARENT)
    return {"parent": parent, "child": child, "first": spells[0].speaker, "second": spells[1].speaker}


def _peak(conversation: Conversation, exchange: Exchange) -> tuple[Spell, Spell]:
    """Give the child's spell and the parent's answer where the exchange is at its warmest."""
    spells = conversation.spells[exchange.first : exchange.last + 2]
    pairs = [
        (child, parent)
        for child, parent in pairwise(spells)
        if child.role == Role.CHILD and parent.role == Role.PARENT and parent.words
    ]
    if not pairs:
        return spells[0], spells[1]
    return max(pairs, key=lambda pair: _warmth(conversation, *pair))


def _warmth(conversation: Conversation, child: Spell, parent: Spell) -> tuple[int, int]:
    marks = conversation.marks(child) | conversation.marks(parent)
    warm = 3 * (Mark.LAUGHTER in marks) + 3 * (Mark.SONG in marks)
    warm += bool(sign("delight").search(conversation.spell_folded(parent)))
    told = len(conversation.spell_text(child).split()) + len(conversation.spell_text(parent).split())
    return warm + bool(child.words) - 4 * (told > LONG_WORDS), min(parent.words, 12)


def _scene(conversation: Conversation, exchange: Exchange) -> Finding:
    kind = "scene-laughter" if exchange.laughter else "scene-song" if exchange.song else "scene"
    spells = conversation.spells
    shown = [spells[exchange.first], spells[exchange.first + 1]]
    if exchange.length > FEWEST_SPELLS:
        shown += [spells[exchange.last - 1], spells[exchange.last]]
    quotes = tuple(conversation.quote_spell(spell, LONG_WORDS) for spell in shown)
    return Finding(kind, quotes, _people(conversation, exchange))


def _turns_to(conversation: Conversation, child: Spell, parent: Spell) -> bool:
    """True where what the child does names the parent, or is done toward somebody."""
    acts = conversation.spell_acts(child)
    return bool(acts) and (fold(parent.speaker) in acts or bool(sign("toward").search(acts)))


def _is_protest(conversation: Conversation, spell: Spell) -> bool:
    if spell.role != Role.CHILD:
        return False
    acts = conversation.spell_acts(spell)
    return (
        Mark.CRYING in conversation.marks(spell)
        or bool(sign("turned_away").search(acts))
        or bool(sign("protest").search(conversation.spell_folded(spell)))
    )


def _near(conversation: Conversation, earlier: int, later: int) -> bool:
    if later - earlier > REPAIR_SPELLS:
        return False
    end, start = conversation.spells[earlier].end_ms, conversation.spells[later].start_ms
    return end is None or start is None or start - end <= REPAIR_MS


def _last_protest(conversation: Conversation, first: int) -> int:
    last = first
    for place in range(first + 1, len(conversation.spells)):
        if not _near(conversation, last, place):
            break
        if _is_protest(conversation, conversation.spells[place]):
            last = place
    return last


def _repair(conversation: Conversation, first: int, last: int) -> tuple[Finding | None, int]:
    """Look for comfort after the first protest and the two together after the last; say where to go on."""
    spells = conversation.spells
    protests = [place for place in range(first, last + 1) if _is_protest(conversation, spells[place])]
    crying = next((p for p in protests if Mark.CRYING in conversation.marks(spells[p])), protests[0])
    end = min(len(spells), last + REPAIR_SPELLS + 1)
    near = [place for place in range(first + 1, end) if _near(conversation, last, place)]
    comfort = _comforting(conversation, near)
    if comfort is None:
        return None, last + 1
    after = max(comfort, last)
    reunion = next((place for place in near if place > after and _is_close(conversation, place)), None)
    people = {"parent": spells[comfort].speaker, "child": spells[first].speaker}
    shown = sorted({crying, comfort})
    if reunion is None:
        return Finding(
            "comforted", tuple(conversation.quote_spell(spells[p]) for p in shown), people
        ), after + 1
    shown += [reunion, reunion + 1]
    return Finding("repair", tuple(conversation.quote_spell(spells[p]) for p in shown), people), reunion + 1


def _is_close(conversation: Conversation, place: int) -> bool:
    """True where a child laughs, turns to or leans on the parent, who answers without a no."""
    spells = conversation.spells
    if place + 1 >= len(spells) or spells[place].role != Role.CHILD or spells[place + 1].role != Role.PARENT:
        return False
    child, parent = spells[place], spells[place + 1]
    together = Mark.LAUGHTER in conversation.marks(child) or sign("close").search(
        conversation.spell_acts(child)
    )
    return bool(together) and not sign("forbid").search(conversation.spell_folded(parent))


def _comforting(conversation: Conversation, places: list[int]) -> int | None:
    """Give the parent's spell with the most of comfort in it."""

    def comfort(place: int) -> int:
        found = sign("comfort").findall(conversation.spell_folded(conversation.spells[place]))
        return len(found) + 2 * (Mark.SONG in conversation.marks(conversation.spells[place]))

    own = [place for place in places if conversation.spells[place].role == Role.PARENT and comfort(place)]
    return max(own, key=lambda place: (comfort(place), -place), default=None)
