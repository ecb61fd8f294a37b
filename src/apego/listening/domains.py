"""Which developmental domains an observation shows, which goals of the framework, and by which words.

How far words lean to a domain or a goal was learned from observations of ours and from the goals' signs
(`apego.listening.leanings`). Nothing here is a test of a child: it tells where in the framework a visitor may look,
and is silent where little points anywhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right as bisect
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from apego.listening.gist import gist
from apego.listening.languages import language_of
from apego.listening.leanings import Leaning, Weights, said, weights
from apego.listening.words import sentences
from apego.practice.ages import bands
from apego.practice.content import LANGUAGES, Language
from apego.practice.domains import domains as all_domains
from apego.practice.domains import goals

GOALS_AT_MOST = 4
# The chance from which a goal is named, and how near the best: set by judgement, so that a vague text names few.
GOAL_SHOWN, GOAL_BESIDE = 0.03, 0.1
ALIKE = 0.8  # how much of a goal counts for its like in the other stage
WORDS_AT_MOST = 3  # that are given as what carried a domain
CARRIES = 0.25  # of what the weightiest word adds: a word that adds less is not given

Chances = dict[str, float]


@dataclass(frozen=True, slots=True)
class Seen:
    """The domains that a text shows, surest first, at most four goals, and every domain's probability.

    `plain` are those that may be shown to a person without asking: of such, nine in ten were right on held-out
    observations. `carried` gives for each domain the words of the text that spoke for it most, as written.
    """

    domains: tuple[str, ...]
    goals: tuple[str, ...]
    probabilities: dict[str, float]
    plain: tuple[str, ...] = ()
    carried: dict[str, tuple[str, ...]] = field(default_factory=dict)


def domains(text: str, months: int | None = None, language: Language | None = None) -> Seen:
    """Give the domains and goals that an observation shows.

        >>> domains("She rolled from her tummy to her back.").domains
        ('physical',)
        >>> domains("She rolled from her tummy to her back.").carried["physical"]
        ('rolled', 'tummy', 'back')
        >>> domains("Señala lo que quiere y pide agua.", months=20).goals[0]
        'IT-LC 3'

    With the age in months, only goals whose bands fit are given; the domains are the same at
    every age. A child born early is looked up by whoever calls (`apego.practice.ages`). Without
    a language the text's own is used, and both where it speaks both. What tells of no child's
    development has no domain:

        >>> domains("The bus was late, see you Thursday at ten.").domains
        ()
    """
    known = weights()
    read_as = _read_as(text, language)
    probabilities = dict.fromkeys(all_domains(), 0.0)
    carried: dict[str, tuple[str, ...]] = {}
    of_goals: Chances = {}
    led: set[str] = set()
    for words in _stretches(text):
        leaning = known.lean([word[0] for word in words], read_as)
        if leaning is None:
            continue
        led.add(max(leaning.domains, key=lambda name: leaning.domains[name]))
        of_goals = _at_best(of_goals, leaning.goals)
        for domain in all_domains():
            probability = round(known.probability(leaning.domains[domain]), 3)
            if probability > probabilities[domain]:
                probabilities[domain] = probability
                carried[domain] = _carried(text, words, leaning, known, domain, read_as)
    named = _named(probabilities, known.named) if led & set(all_domains()) else ()
    return Seen(
        named,
        _goals(of_goals, named, months),
        probabilities,
        tuple(domain for domain in named if probabilities[domain] >= known.plain),
        {domain: carried.get(domain, ()) for domain in named},
    )


def _read_as(text: str, language: Language | None) -> tuple[Language, ...]:
    told = language or language_of(text)
    return tuple(one for one in LANGUAGES if one == told) or LANGUAGES


def _stretches(text: str) -> list[list[re.Match[str]]]:
    """Give the words of each sentence: an act of two sentences may show two domains."""
    words = said(text)
    starts = [word.start() for word in words]
    found = (words[bisect(starts, span.start - 1) : bisect(starts, span.end - 1)] for span in sentences(text))
    return [list(stretch) for stretch in found if stretch]


def _at_best(known: Chances, found: Mapping[str, float]) -> Chances:
    """Give the higher of two chances for each thing that has one."""
    return known | {name: chance for name, chance in found.items() if chance > known.get(name, 0.0)}


def _named(probabilities: Mapping[str, float], least: float) -> tuple[str, ...]:
    """Give the surest domain, and every other from the least probability on, surest first."""
    surest, *others = sorted(probabilities, key=lambda domain: -probabilities[domain])
    return (surest, *(domain for domain in others if probabilities[domain] >= least))


def _carried(
    text: str,
    words: Sequence[re.Match[str]],
    leaning: Leaning,
    known: Weights,
    domain: str,
    read_as: Iterable[Language],
) -> tuple[str, ...]:
    """Give the words that spoke most for a domain against the others, in the order of the text."""
    column = known.domains.classes.index(domain)
    added = leaning.shares[:, column] - leaning.shares.mean(axis=1)
    telling = [all(gist(word[0], language) for language in read_as) for word in words]
    added = np.where(telling, added, 0.0)
    least = max(CARRIES * float(added.max()), 1e-6)
    most: dict[str, int] = {}
    for place in np.argsort(-added, kind="stable"):
        if added[place] >= least and len(most) < WORDS_AT_MOST:
            most.setdefault(words[place][0], int(place))
    return tuple(text[words[at].start() : words[at].end()] for at in sorted(most.values()))


def _goals(chances: Chances, named: Sequence[str], months: int | None) -> tuple[str, ...]:
    """Give the likeliest goals, of the domains named and of the bands of the age."""
    chances = {code: chance for code, chance in chances.items() if code in goals()}
    if months is not None:
        chances = _of_age(chances, months)
    of_named = [code for code in chances if not set(goals()[code].domains).isdisjoint(named)]
    least = max(GOAL_SHOWN, GOAL_BESIDE * max((chances[code] for code in of_named), default=0.0))
    shown = [code for code in of_named if chances[code] >= least]
    return tuple(sorted(shown, key=lambda code: (-chances[code], code))[:GOALS_AT_MOST])


def _of_age(chances: Chances, months: int) -> Chances:
    """Give the goals of the age's bands; words that fit the other stage speak for the like goal in this."""
    stages = {band.stage for band in bands(months)}
    fitting: Chances = defaultdict(float)
    for code, chance in chances.items():
        if goals()[code].stage in stages:
            fitting[code] += chance
            continue
        for like in goals()[code].alike:
            fitting[like] += chance * ALIKE
    return fitting
