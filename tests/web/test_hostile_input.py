"""Whatever is sent, the answer is kind: what can be taken is taken, the rest is refused, and nothing breaks."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from apego.records.models import (
    Family,
    Moment,
    Opening,
    Person,
    Reflection,
    Series,
    Transcript,
    Variant,
    Visit,
)
from tests.people import client_of
from tests.records.everything import everything_of, fill_with
from tests.web.addresses import ADDRESSES
from tests.web.posts import POSTS, Post
from tests.web.test_every_post import filled, known, made

pytestmark = pytest.mark.thorough

__all__ = ["known", "made"]  # fixtures

PEOPLE = {"a": "ana", "k": "keisha", "r": "ruth", "g": "gloria", "h": "helen"}
ADDRESS = {address.name: address for address in ADDRESSES}
HOSTILE = {
    "a zero byte": "a\0b",
    "half a letter": "\ud800",
    "very long": "á" * 10_000,
    "no id": "not-an-id",
    "another id": "00000000-0000-4000-8000-000000000000",
    "a day of the year one": "0001-01-01",
    "the last day there is": "9999-12-31",
    "below nothing": "-1",
    "a number that fits nowhere": "9" * 40,
    "digits of another script": "²",
    "braces": "{visit} %s %(name)s {{ settings.SECRET_KEY }}",
    "nothing": "",
    "a script": "<script>alert(1)</script>",
}
NUMBERED = (
    "skip",
    "page",
    "year",
    "period",
    "shows",
    "other",
    "purpose",
    "request",
    "visit",
    "in",
    "from",
    "caregiver",
    "captions",
    "at",
)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page in Spanish leaves Spanish behind it: the next test begins in English, whoever was before."""
    with translation.override("en"):
        yield


@pytest.mark.parametrize("what", HOSTILE)
def test_no_form_breaks_by_what_stands_in_its_fields(
    what: str, known: dict[str, Person], made: dict[str, Any]
) -> None:
    """One field of each form, another one for each hostile word; the others as they should be."""
    clients = {letter: client_of(known[name]) for letter, name in PEOPLE.items()}
    broken = []
    for post in POSTS:
        fields = ["delivery", *post.body]
        name = fields[list(HOSTILE).index(what) % len(fields)]
        with transaction.atomic():
            answer = sent_with(clients[post.who[0]], post, made, {filled(name, made): HOSTILE[what]})
            if answer.status_code >= 500:
                broken.append((post.name, name))
            transaction.set_rollback(True)
    assert not broken


def sent_with(client: Client, post: Post, made: dict[str, Any], instead: dict[str, str]) -> Any:
    thing = made[ADDRESS[post.name].thing] if ADDRESS[post.name].thing else ()
    path = reverse(post.name, args=thing if isinstance(thing, tuple) else [thing])
    body = {filled(name, made): filled(words, made) for name, words in post.body.items()}
    client.raise_request_exception = False
    sent = {"delivery": str(uuid4()), **body, **instead}
    coded = {k: v.encode("utf-8", "surrogatepass") if isinstance(v, str) else v for k, v in sent.items()}
    return client.post(path, coded)


@pytest.mark.parametrize("what", HOSTILE)
def test_no_page_breaks_by_what_stands_in_its_address(
    what: str, known: dict[str, Person], made: dict[str, Any]
) -> None:
    broken = []
    for letter in "ah":
        client = client_of(known[PEOPLE[letter]])
        client.raise_request_exception = False
        for address in (one for one in ADDRESSES if getattr(one, PEOPLE[letter]) == 200):
            thing = made[address.thing] if address.thing else ()
            path = reverse(address.name, args=thing if isinstance(thing, tuple) else [thing])
            query = dict.fromkeys(NUMBERED, HOSTILE[what].encode("utf-8", "surrogatepass")[:2000])
            if client.get(path, query).status_code >= 500:
                broken.append(address.name)
    assert not broken


# ---- dates, versions, files --------------------------------------------------


@pytest.mark.parametrize("since", ["0001-01-01", "1950-01-01", "9999-12-31"])
def test_weekly_visits_of_a_wrong_year_are_not_laid_out(since: str, family: Family, visitor: Person) -> None:
    body = {
        "weekday": "0",
        "time": "10:00",
        "since": since,
        "visitor": str(visitor.pk),
        "delivery": str(uuid4()),
    }
    answer = client_of(visitor).post(reverse("series_new", args=[family.pk]), body)
    assert answer.status_code == 422
    assert not Series.objects.exists()


@pytest.mark.parametrize("version", ["-7", "0", "99", "9" * 40])
def test_an_edit_upon_a_version_that_never_was_is_kept_aside(
    version: str, visit: Visit, visitor: Person
) -> None:
    moment = Moment.objects.create(
        family=visit.family, visit=visit, at=visit.planned_at, words="…", by=visitor
    )
    body = {"words": "Inés mira.", "base_version": version, "delivery": str(uuid4())}
    client_of(visitor).post(reverse("moment_edit", args=[moment.pk]), body)
    assert Variant.objects.get().content["words"] == "Inés mira."
    moment.refresh_from_db()
    assert moment.words == "…"


@pytest.mark.parametrize("query", ["skip=%C2%B2", "skip=" + "9" * 30])
def test_a_place_in_the_story_that_is_no_number_is_its_beginning(
    query: str, family: Family, visitor: Person
) -> None:
    assert client_of(visitor).get(f"{reverse('family_story', args=[family.pk])}?{query}").status_code == 200


def test_counts_of_a_year_that_no_calendar_has_are_this_years(coordinator: Person) -> None:
    assert client_of(coordinator).get(f"{reverse('counts')}?period={'9' * 30}").status_code == 200


def test_a_body_larger_than_may_be_is_refused_in_words(visit: Visit, visitor: Person) -> None:
    body = {"form": "moment", "words": "a" * 6_000_000}
    answer = client_of(visitor).post(reverse("draft_save", args=[visit.pk]), body)
    assert answer.status_code == 400
    assert "Nothing was saved" in answer.content.decode()


def bomb() -> bytes:
    """A Word document of a few kilobytes that unpacks to a hundred megabytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("word/document.xml", b"<w:t>" + b" " * 100_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("talk.docx", b"PK\x03\x04 no zip word/"),
        ("talk.vtt", b"%PDF-1.4"),
        ("talk.vtt", b""),
        ("talk.json", b"[" * 5000),
        ("talk.eaf", b'<!DOCTYPE a [<!ENTITY b "c">]><ANNOTATION_DOCUMENT>&b;</ANNOTATION_DOCUMENT>'),
        ("<script>.txt", bytes(range(256)) * 20),
        ("talk.docx", bomb()),
    ],
    ids=["no zip", "a PDF", "nothing", "deep", "entities", "noise", "a bomb"],
)
def test_a_file_that_is_not_what_it_says_is_told_of(
    name: str, data: bytes, visit: Visit, visitor: Person
) -> None:
    visit.visitors.add(visitor)
    body = {"delivery": str(uuid4()), "file": SimpleUploadedFile(name, data)}
    answer = client_of(visitor).post(reverse("conversation_bring", args=[visit.pk]), body)
    assert answer.status_code in (409, 422)
    assert "<script>.txt" not in answer.content.decode()


# ---- words that are markup ---------------------------------------------------

MARKUP = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def test_no_word_becomes_markup_on_any_page(
    known: dict[str, Person], made: dict[str, Any], family: Family, visit: Visit
) -> None:
    everything_of(visit, known["ana"], known["helen"])
    fill_with(MARKUP, family)
    Transcript.objects.update(
        words=f"WEBVTT\n\n00:01.000 --> 00:02.000\n{MARKUP}: hola\n", cast={}, repairs=[]
    )
    Reflection.objects.update(pages=None, document=None)
    Person.objects.update(name=MARKUP)
    Opening.objects.create(
        family=family, person=known["helen"], reason=MARKUP, at=timezone.now(),
        until=timezone.now() + timedelta(hours=1),
    )  # fmt: skip
    shown = []
    for letter in "arh":
        client = client_of(known[PEOPLE[letter]])
        for address in ADDRESSES:
            thing = made[address.thing] if address.thing else ()
            answer = client.get(reverse(address.name, args=thing if isinstance(thing, tuple) else [thing]))
            if not answer.get("Content-Type", "").startswith("text/html"):
                continue
            page = b"".join(answer).decode()
            shown.append("&lt;script&gt;alert(1)" in page)
            assert "<script>alert" not in page, address.name
            assert "<img src=x" not in page, address.name
    assert sum(shown) > 40  # the words are there
