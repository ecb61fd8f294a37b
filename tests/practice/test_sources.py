"""Everything cited can be found, and everything that can be found is cited."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from apego.practice import sources as sources_module
from apego.practice.content import ContentError, load
from apego.practice.first_visit import topics
from apego.practice.practices import practices
from apego.practice.relationship import capacities, culture, moment_kinds
from apego.practice.sources import sources


@pytest.mark.parametrize("source_id", sources())
def test_a_source_has_an_address_of_its_own(source_id: str) -> None:
    address = urlsplit(sources()[source_id].url)
    assert address.scheme == "https"
    assert address.path.strip("/")


def test_the_head_start_pages_are_cited_where_they_are_published() -> None:
    ours = [one for one in sources().values() if one.publisher == "Office of Head Start"]
    assert {urlsplit(one.url).netloc for one in ours} == {"headstart.gov"}


def test_nothing_is_kept_that_nobody_cites() -> None:
    cited = [
        *(one.sources for one in practices().values()),
        *(one.sources for one in moment_kinds().values()),
        *(one.sources for one in capacities().values()),
        *(one.sources for one in topics().values()),
        culture().sources,
    ]
    used = {source.id for listed in cited for source in listed} | {load("annomi")["source"]}
    assert set(sources()) - used == set()


@pytest.mark.parametrize("missing", ["publisher", "url", "en", "es"])
def test_a_source_that_lacks_a_part_is_refused_by_name(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = {"piwi": {key: part for key, part in load("sources")["piwi"].items() if key != missing}}
    monkeypatch.setattr(sources_module, "load", lambda name: broken)
    with pytest.raises(ContentError, match=f"sources: piwi has no {missing}"):
        sources.__wrapped__()
