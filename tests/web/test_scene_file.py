"""A scene's files: only those that the scene names, whole or in the stretch that was asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.test import Client

from apego.records.models import Person
from tests.people import client_of
from tests.program_lessons import ADDRESS, FOLDER, at_the_window  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("at_the_window")


def box(kind: bytes, size: int) -> bytes:
    return (size + 8).to_bytes(4, "big") + kind + bytes(range(256)) * (size // 256)


QUICK = box(b"ftyp", 256) + box(b"moov", 256) + box(b"mdat", 1024)
LATE = box(b"ftyp", 256) + box(b"mdat", 1024) + box(b"moov", 256)


@pytest.fixture
def film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The lesson with a recording of its own."""
    folder = tmp_path / "own"
    shutil.copytree(FOLDER, folder)
    scene = folder / "at_the_window/scene"
    toml = scene / "scene.toml"
    toml.write_text('media = "scene.mp4"\n' + toml.read_text())
    (scene / "scene.mp4").write_bytes(QUICK)
    monkeypatch.setenv("APEGO_LESSONS", str(folder))
    return scene / "scene.mp4"


def body(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_only_what_the_scene_names_is_given(visitor: Person) -> None:
    client = client_of(visitor)
    given = {
        name: client.get(f"{ADDRESS}scene/{name}").status_code
        for name in (
            "window.svg",
            "captions.es.vtt",
            "scene.toml",
            "..%2Flesson.toml",
            "scene.mp4",
            "%2Fetc%2Fpasswd",
        )
    }
    assert given == {
        "window.svg": 200, "captions.es.vtt": 200, "scene.toml": 404, "..%2Flesson.toml": 404, "scene.mp4": 404,
        "%2Fetc%2Fpasswd": 404,
    }  # fmt: skip


def test_nobody_who_is_not_signed_in_gets_one(db: None) -> None:
    assert Client().get(f"{ADDRESS}scene/window.svg").status_code == 302


def test_a_drawing_opened_by_its_own_address_may_run_nothing(visitor: Person) -> None:
    answer = client_of(visitor).get(f"{ADDRESS}scene/window.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert (
        "default-src 'none'" in answer["Content-Security-Policy"]
        and "sandbox" in answer["Content-Security-Policy"]
    )


def test_captions_are_captions(visitor: Person) -> None:
    answer = client_of(visitor).get(f"{ADDRESS}scene/captions.es.vtt")
    assert answer["Content-Type"] == "text/vtt; charset=utf-8"
    assert body(answer).startswith(b"WEBVTT")


@pytest.mark.parametrize(
    ("asked", "status", "says", "gives"),
    [
        ("", 200, None, QUICK),
        ("bytes=0-", 206, f"bytes 0-{len(QUICK) - 1}/{len(QUICK)}", QUICK),
        ("bytes=0-1", 206, f"bytes 0-1/{len(QUICK)}", QUICK[:2]),
        ("bytes=264-999999", 206, f"bytes 264-{len(QUICK) - 1}/{len(QUICK)}", QUICK[264:]),
        ("bytes=-5", 206, f"bytes {len(QUICK) - 5}-{len(QUICK) - 1}/{len(QUICK)}", QUICK[-5:]),
        (f"bytes={len(QUICK)}-", 416, f"bytes */{len(QUICK)}", None),
        ("bytes=-0", 416, f"bytes */{len(QUICK)}", None),
        ("bytes=9-3", 200, None, QUICK),  # no range at all by the rules: left aside
        ("bytes=0-1,5-6", 200, None, QUICK),
        ("bytes=-", 200, None, QUICK),
        ("lines=0-1", 200, None, QUICK),
    ],
)
def test_a_stretch_of_a_recording_is_given(
    visitor: Person, film: Path, asked: str, status: int, says: str | None, gives: bytes | None
) -> None:
    headers = {"Range": asked} if asked else {}
    answer = client_of(visitor).get(f"{ADDRESS}scene/scene.mp4", headers=headers)
    assert (answer.status_code, answer.get("Content-Range")) == (status, says)
    assert answer["Accept-Ranges"] == "bytes"
    if gives is not None:
        assert body(answer) == gives
        assert int(answer["Content-Length"]) == len(gives)


def test_a_recording_that_changed_since_is_given_whole(visitor: Person, film: Path) -> None:
    client = client_of(visitor)
    tag = client.get(f"{ADDRESS}scene/scene.mp4")["ETag"]
    same = {"Range": "bytes=0-1", "If-Range": tag}
    other = {"Range": "bytes=0-1", "If-Range": '"another"'}
    assert client.get(f"{ADDRESS}scene/scene.mp4", headers=same).status_code == 206
    assert client.get(f"{ADDRESS}scene/scene.mp4", headers=other).status_code == 200
    assert client.get(f"{ADDRESS}scene/scene.mp4", headers={"If-None-Match": tag}).status_code == 304


def test_a_recording_that_begins_late_says_its_cure(visitor: Person, film: Path) -> None:
    assert "faststart" not in client_of(visitor).get(f"{ADDRESS}experience/").content.decode()
    film.write_bytes(LATE)
    assert "-movflags +faststart" in client_of(visitor).get(f"{ADDRESS}experience/").content.decode()
