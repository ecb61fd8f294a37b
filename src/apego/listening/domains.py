"""Which developmental domains an observation shows, and which goals of the framework.

Each goal has signs, short plain phrases (`apego.practice.domains`). A text is held against
them by its gist (`apego.listening.gist`), sentence by sentence, and a phrase fits by how much of it the
sentence holds, a rare word weighing more than a common one. Nothing here is a test of a child:
it tells where in the framework a visitor may look, and is silent where little points anywhere.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from apego.listening.gist import gist
from apego.listening.languages import language_of
from apego.listening.words import sentences
from apego.practice.ages import bands
from apego.practice.content import LANGUAGES, Language
from apego.practice.domains import domains as all_domains
from apego.practice.domains import elsewhere, goals

GOALS_AT_MOST = 4
ELSEWHERE = ""  # stands for talk that tells of no child's development, beside the five domains

# All numbers below were chosen on the 960 observations of corpus/domains/train.jsonl, read with
# those signs only that were written before them, so that they hold for words not met before.

# Added to what a phrase could reach, about the weight of two words: a phrase of one everyday word
# must not count as much as one of three that fit.
BENEFIT_OF_DOUBT = 7.0
SECOND_PHRASE = 0.15  # what a goal's second phrase adds of its own fit
SECOND_GOAL = 0.15  # what a domain's second goal adds of its own
SECOND_HOME = 0.7  # how much of a goal counts in the second domain that it names
ALIKE = 0.8  # how much of a goal counts for its like in the other stage
LEANING = 0.03  # what a word adds for a domain whose signs have it oftener than others' have
SMOOTHED = 0.2  # of one finding in each domain, so that a word met once does not decide alone

AHEAD = 0.05  # by how much a domain must lead the talk that tells of no child's development
GOAL_SHOWN, GOAL_BESIDE = 0.35, 0.75  # the fit from which a goal is named, and how near the best

# A domain's probability: a logistic curve over its score and its lead on the next, fitted
# (LogisticRegression over five domains of each observation: weights 5.22 and 3.46, bias -2.94).
# Named from where both first choices and sets were best.
BY_SCORE, BY_LEAD, BIAS = 5.2, 3.5, -2.9
SHOWN = 0.35

Scores = dict[str, float]


@dataclass(frozen=True, slots=True)
class Seen:
    """The domains that a text shows, surest first, at most four goals, and every domain's probability."""

    domains: tuple[str, ...]
    goals: tuple[str, ...]
    probabilities: dict[str, float]


def domains(text: str, months: int | None = None, language: Language | None = None) -> Seen:
    """Give the domains and goals that an observation shows.

        >>> domains("She rolled from her tummy to her back.").domains
        ('physical',)
        >>> domains("Señala lo que quiere y pide agua.", months=20).goals
        ('IT-LC 3',)

    With the age in months, only goals whose bands fit are given; the domains are the same at
    every age. A child born early is looked up by whoever calls (`apego.practice.ages`). Without
    a language the text's own is used, and both where it speaks both. What tells of no child's
    development has no domain:

        >>> domains("The bus was late, see you Thursday at ten.").domains
        ()
    """
    read_as = _read_as(text, language)
    fits: Scores = {}
    probabilities = _probabilities(_by_domain({}, {}))
    for span in sentences(text):
        told, leaning = _held_against(text[span.start : span.end], read_as)
        fits = _at_best(fits, told)
        probabilities = _at_best(probabilities, _probabilities(_by_domain(told, leaning)))
    named = [domain for domain, probability in probabilities.items() if probability >= SHOWN]
    named.sort(key=lambda domain: -probabilities[domain])
    return Seen(tuple(named), _goals(fits, named, months), probabilities)


def _read_as(text: str, language: Language | None) -> tuple[Language, ...]:
    told = language or language_of(text)
    return tuple(one for one in LANGUAGES if one == told) or LANGUAGES


def _at_best(known: Scores, found: Scores) -> Scores:
    """Give the higher of two scores for each thing that has one."""
    return known | {name: score for name, score in found.items() if score > known.get(name, 0.0)}


def _held_against(sentence: str, read_as: Iterable[Language]) -> tuple[Scores, Scores]:
    """Give how well each goal's signs fit a sentence, and how far its words lean to each domain."""
    phrases: dict[str, list[float]] = defaultdict(list)
    leaning: Scores = defaultdict(float)
    for language in read_as:
        index = _index(language)
        words = gist(sentence, language)
        for code, shares in index.held_by(words).items():
            phrases[code].extend(shares)
        for word in words:
            for domain, lean in index.leaning.get(word, ()):
                leaning[domain] += lean
    fits = {code: _with_second(shares, SECOND_PHRASE) for code, shares in phrases.items()}
    return fits, leaning


def _by_domain(fits: Mapping[str, float], leaning: Mapping[str, float]) -> Scores:
    """Give each domain's score; 0 for one that does not lead the talk of other things."""
    own: dict[str, list[float]] = {domain: [0.0] for domain in (*all_domains(), ELSEWHERE)}
    second: Scores = defaultdict(float)
    for code, fit in fits.items():
        own[_domain_of(code)].append(fit)
        for home in goals()[code].also if code else ():
            second[home] = max(second[home], fit * SECOND_HOME)
    scores = {
        domain: max(_with_second(scored, SECOND_GOAL), second[domain]) + LEANING * leaning.get(domain, 0.0)
        for domain, scored in own.items()
    }
    least = scores.pop(ELSEWHERE) + AHEAD
    return {domain: score if score > least else 0.0 for domain, score in scores.items()}


def _domain_of(code: str) -> str:
    return goals()[code].domain if code else ELSEWHERE


def _with_second(scored: list[float], share: float) -> float:
    best, *others = sorted(scored, reverse=True)
    return best + share * (others[0] if others else 0.0)


def _probabilities(scores: Scores) -> dict[str, float]:
    found = {}
    for domain, score in scores.items():
        lead = score - max(other for name, other in scores.items() if name != domain)
        found[domain] = round(1 / (1 + math.exp(-BY_SCORE * score - BY_LEAD * lead - BIAS)), 3)
    return found


def _goals(fits: Scores, named: list[str], months: int | None) -> tuple[str, ...]:
    """Give the goals that fit best, of the domains named and of the bands of the age."""
    scores = fits if months is None else _of_age(fits, months)
    of_named = [code for code in scores if code and not set(goals()[code].domains).isdisjoint(named)]
    least = max(GOAL_SHOWN, GOAL_BESIDE * max((scores[code] for code in of_named), default=0.0))
    shown = [code for code in of_named if scores[code] >= least]
    return tuple(sorted(shown, key=lambda code: (-scores[code], code))[:GOALS_AT_MOST])


def _of_age(fits: Scores, months: int) -> Scores:
    """Give the goals of the age's bands; words that fit the other stage speak for the like goal in this."""
    stages = {band.stage for band in bands(months)}
    scores: Scores = defaultdict(float)
    for code, fit in fits.items():
        if not code:
            continue
        if goals()[code].stage in stages:
            scores[code] = max(scores[code], fit)
            continue
        for like in goals()[code].alike:
            scores[like] = max(scores[like], fit * ALIKE)
    return scores


@dataclass(frozen=True, slots=True)
class _Index:
    """What each word tells: the phrases that hold it, with its share of each, and the domains it leans to."""

    held: Mapping[str, list[tuple[int, float]]]
    leaning: Mapping[str, list[tuple[str, float]]]
    owners: tuple[str, ...]

    def held_by(self, words: Iterable[str]) -> dict[str, list[float]]:
        """Give for each goal the share of each of its phrases that the words make up."""
        shares: dict[int, float] = defaultdict(float)
        for word in words:
            for phrase, share in self.held.get(word, ()):
                shares[phrase] += share
        found: dict[str, list[float]] = defaultdict(list)
        for phrase, share in shares.items():
            found[self.owners[phrase]].append(share)
        return found


Phrases = list[tuple[str, frozenset[str]]]


@cache
def _index(language: Language) -> _Index:
    said = [(code, sign) for code, goal in goals().items() for sign in goal.signs[language]]
    said += [(ELSEWHERE, phrase) for phrase in elsewhere()[language]]
    phrases = [(owner, gist(phrase, language)) for owner, phrase in said]
    weight = _weights(phrases)
    held: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, (_, phrase) in enumerate(phrases):
        whole = sum(weight[word] for word in phrase) + BENEFIT_OF_DOUBT
        for word in phrase:
            held[word].append((number, weight[word] / whole))
    return _Index(held, _leanings(phrases), tuple(owner for owner, _ in phrases))


def _weights(phrases: Phrases) -> Scores:
    """Give each word's weight: the fewer goals have it among their signs, the more it tells."""
    owners: dict[str, set[str]] = defaultdict(set)
    for owner, phrase in phrases:
        for word in phrase:
            owners[word].add(owner)
    count = len({owner for owner, _ in phrases})
    return {word: math.log(1 + count / len(those)) for word, those in owners.items()}


def _leanings(phrases: Phrases) -> dict[str, list[tuple[str, float]]]:
    """Give how each word leans to each domain: the logarithm of its share there over the mean of all."""
    every = (*all_domains(), ELSEWHERE)
    met: dict[str, Counter[str]] = defaultdict(Counter)
    for owner, phrase in phrases:
        for word in phrase:
            met[word][_domain_of(owner)] += 1
    size = {domain: sum(counted[domain] for counted in met.values()) for domain in every}
    mean = sum(size.values()) / len(every)
    leanings = {}
    for word, counted in met.items():
        logs = [math.log(counted[domain] * mean / size[domain] + SMOOTHED) for domain in every]
        middle = sum(logs) / len(logs)
        leanings[word] = [(domain, log - middle) for domain, log in zip(every, logs, strict=True)]
    return leanings
