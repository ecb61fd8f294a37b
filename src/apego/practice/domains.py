"""The developmental domains, and the goals of the framework that stand under them.

Five domains by the handbook's names; sub-domains and goal codes are those of the Head Start
Early Learning Outcomes Framework (ELOF, 2015), the wording is ours. Each goal has *signs*: short
plain phrases by which a note, a list of milestones or a parent's telling shows it, one a line.
They stand in `content/domains.toml` and `content/goals/<domain>.toml`; `training.domains` learns from
them, and how a text is read is the subject of `apego.listening.domains`. The framework is no test of a
child, and neither is this.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from apego.practice.ages import STAGES
from apego.practice.content import LANGUAGES, ContentError, Language, Text, load, text
from apego.practice.content.entries import ids, named, table

INFANT_TODDLER, PRESCHOOL = STAGES
Phrases = Mapping[Language, tuple[str, ...]]

INFANT_TODDLER_CODES = ("IT-PMP", "IT-SE", "IT-C", "IT-ATL", "IT-LC")
PRESCHOOL_CODES = ("P-PMP", "P-SE", "P-MATH", "P-SCI", "P-ATL", "P-LC", "P-LIT")
FRAMEWORK = INFANT_TODDLER_CODES + PRESCHOOL_CODES


@dataclass(frozen=True, slots=True)
class Domain:
    """One domain; `framework` holds the codes under which the framework lists its goals."""

    id: str
    name: Text
    framework: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal.

    `domain` is where the framework puts it. `also` names a second domain where older lists
    put the same acts: eye and hand together, and steadying oneself, have two homes on purpose.
    `alike` are the goals of the other stage that the same acts show.
    """

    code: str
    domain: str
    subdomain: Text
    label: Text
    stage: str
    also: tuple[str, ...]
    alike: tuple[str, ...]
    signs: Phrases

    @property
    def domains(self) -> tuple[str, ...]:
        """The goal's own domain, then the second home where it has one."""
        return (self.domain, *self.also)


@cache
def domains() -> dict[str, Domain]:
    """Give the five domains by their permanent id.

    >>> list(domains())
    ['physical', 'social_emotional', 'cognition', 'approaches', 'language']
    """
    return {
        domain_id: Domain(
            domain_id,
            text(entry, f"domains: {domain_id}"),
            ids(entry, "framework", f"domains: {domain_id}", known=FRAMEWORK),
        )
        for domain_id, entry in load("domains")["domains"].items()
    }


def domain(domain_id: str) -> Domain:
    """Give one domain.

        >>> domain("physical").name.en, domain("physical").framework
        ('Physical development and health', ('IT-PMP', 'P-PMP'))

    Raises ContentError when there is none of that id.
    """
    return named(domains(), domain_id, "domains")


@cache
def goals() -> dict[str, Goal]:
    """Give every goal by its code, domain after domain.

        >>> len(goals())
        118

    Raises ContentError with the goal's code where one lacks a language, a sub-domain or signs,
    or names a goal or a domain that is not there.
    """
    found = {goal.code: goal for domain_id in domains() for goal in _goals_of(domain_id)}
    for one in found.values():
        strangers = [code for code in one.alike if code not in found]
        if strangers:
            raise ContentError(f"goals: {one.code}, alike: there is no {', '.join(strangers)}")
    return found


def goal(code: str) -> Goal:
    """Give one goal.

        >>> goal("IT-PMP 6").domains
        ('physical', 'cognition')

    Raises ContentError when there is none of that code.
    """
    return named(goals(), code, "goals")


@cache
def elsewhere() -> Phrases:
    """Give the phrases that tell of no child's development: appointments, papers, weather, work.

    >>> "changed the appointment" in elsewhere()["en"]
    True
    """
    return _phrases(load("domains").get("elsewhere", {}), "domains: elsewhere")


def _goals_of(domain_id: str) -> Iterator[Goal]:
    for code, entry in load(f"goals/{domain_id}").items():
        where = f"goals: {code}"
        prefix = code.rpartition(" ")[0]
        if prefix not in domains()[domain_id].framework:
            raise ContentError(f"{where} stands in goals/{domain_id}.toml, which is not its domain")
        yield Goal(
            code=code,
            domain=domain_id,
            subdomain=_subdomain(entry, domain_id, where),
            label=text(entry, where),
            stage=INFANT_TODDLER if prefix in INFANT_TODDLER_CODES else PRESCHOOL,
            also=ids(entry, "also", where, known=domains()) if "also" in entry else (),
            alike=tuple(entry.get("alike", ())),
            signs=_phrases(table(entry, "signs", where), f"{where}, signs"),
        )


def _subdomain(entry: Mapping[str, Any], domain_id: str, where: str) -> Text:
    listed = load("domains")["subdomains"]
    under = listed.get(entry.get("subdomain"), {})
    if under.get("domain") != domain_id:
        raise ContentError(f"{where}: {entry.get('subdomain')} is no sub-domain of {domain_id}")
    return text(under, f"{where}, subdomain")


def _phrases(entry: Mapping[str, Any], where: str) -> Phrases:
    """Give the phrases of both languages, one a line in the content."""
    both = text(entry, where)
    return {
        language: tuple(line for line in both[language].splitlines() if line.strip())
        for language in LANGUAGES
    }
