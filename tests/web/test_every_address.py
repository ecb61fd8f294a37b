"""Every address by every person. What is out of reach is 404, as if it were not there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from apego.records.models import Family, Person, Visit
from tests.people import client_of
from tests.web.addresses import ADDRESSES, Address
from tests.web.things import Thing, things

PEOPLE = ("ana", "keisha", "ruth", "gloria", "helen")


def names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def test_every_address_is_in_the_table() -> None:
    listed = {address.name for address in ADDRESSES}
    assert set(names(get_resolver().url_patterns)) == listed


def path_of(address: Address, made: dict[str, Thing]) -> str:
    thing = made[address.thing] if address.thing else ()
    return reverse(address.name, args=thing if isinstance(thing, tuple) else [thing])


@pytest.mark.parametrize("who", ["anonymous", *PEOPLE])
def test_each_person_gets_what_is_hers(
    who: str, known: dict[str, Person], family: Family, visit: Visit
) -> None:
    made = things(family, visit, known)
    client = Client() if who == "anonymous" else client_of(known[who])
    got = {address.name: client.get(path_of(address, made)).status_code for address in ADDRESSES}
    assert got == {address.name: getattr(address, who) for address in ADDRESSES}
