"""Invented and damaged files for every reader: each gives a transcript or a sentence, never a traceback.

`./dev bench fuzz` makes 10,000 files for each of the ten readers by hypothesis, and cuts,
shuffles and re-encodes the real files beside them; `./dev bench fuzz 500` makes 500. The
tests make 100 for each by the same means.
"""

from __future__ import annotations

import io
import json
import random
import sys
import time
import tomllib
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from apego.listening import formats
from apego.listening.formats.source import Source
from apego.listening.transcript import Transcript, TranscriptUnreadable, Turn
from apego.practice.content import LANGUAGES
from apego.practice.sentences import say
from benchmark.data import TRANSCRIPTS, needed

CASES = 10_000
DAMAGES = 200  # of each real file

SUFFIXES = {
    "vtt": ".vtt", "srt": ".srt", "text": ".txt", "whisperx": ".json", "table": ".csv",
    "word": ".docx", "chat": ".cha", "elan": ".eaf", "textgrid": ".TextGrid", "lena": ".its",
}  # fmt: skip

# What each format is made of stands beside this file: start, and pieces for any order and number.
MADE_OF = tomllib.loads((Path(__file__).parent / "fuzz.toml").read_text(encoding="utf-8"))
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252", "latin-1", "mac-roman")


def _with_words(segment: dict[str, object], words: list[dict[str, object]]) -> dict[str, object]:
    return {**segment, "words": words}


_ANYTHING = st.sampled_from([
    None, True, 0, -1, 7.5, 10**400, float("nan"), float("inf"), "", "hola", "00:01",
    [], [1], {}, {"from": 1, "to": "x"},
])  # fmt: skip
_SEGMENT = st.dictionaries(
    st.sampled_from(["start", "end", "text", "speaker", "language", "word", "offsets", "words"]),
    _ANYTHING,
    max_size=6,
)
_SAID = _SEGMENT.map(lambda segment: {"text": "hola", **segment})
_SEGMENTS = st.fixed_dictionaries(
    {
        "segments": st.lists(
            st.one_of(_SAID, _SEGMENT, st.builds(_with_words, _SEGMENT, st.lists(_SEGMENT, max_size=3))),
            max_size=6,
        )
    }
)


def _reader(name: str) -> Callable[[bytes], Transcript]:
    def read(data: bytes) -> Transcript:
        return formats.format_named(name).read(Source(f"made{SUFFIXES[name]}", data))

    return read


READERS: dict[str, Callable[[bytes], Transcript]] = {name: _reader(name) for name in SUFFIXES}


def made_for(reader: str) -> st.SearchStrategy[bytes]:
    """Give files that resemble one format, in any encoding: pieces in any order, and a good file
    with pieces put in and cut out. Now and then they are mere bytes."""
    made_of, common = MADE_OF[reader], MADE_OF["common"]["pieces"]
    piece = st.one_of(st.sampled_from(made_of["pieces"]), st.sampled_from(common), st.text(max_size=8))
    pieces = st.lists(piece, max_size=30).map("".join)
    changes = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), piece), max_size=6)
    written = st.one_of(
        pieces,
        pieces.map(lambda text: made_of["start"] + text),
        changes.map(lambda each: _changed(made_of["whole"], each)),
        changes.map(lambda each: _changed(made_of["whole"], each)),
    )
    if reader == "whisperx":
        written = st.one_of(written, _SEGMENTS.map(json.dumps), _SEGMENTS.map(json.dumps))
    if reader == "word":
        whole = written.map(document)
        return st.one_of(whole, whole, whole, st.builds(_cut, whole, st.floats(0, 1)))
    encoded = st.builds(_encoded, written, st.sampled_from(ENCODINGS))
    return st.one_of(encoded, encoded, encoded, encoded, st.binary(max_size=300))


def damaged(data: bytes, chance: random.Random, count: int) -> Iterator[bytes]:
    """Give a file cut, with lines shuffled, pieces doubled, bytes changed, or in another encoding."""
    for number in range(count):
        kind = number % 6
        if kind == 0:
            yield data[: chance.randrange(len(data) + 1)]
        elif kind == 1:
            yield data[chance.randrange(len(data) + 1) :]
        elif kind == 2:
            lines = data.split(b"\n")
            chance.shuffle(lines)
            yield b"\n".join(lines)
        elif kind == 3:
            yield _encoded(data.decode("utf-8", "replace"), chance.choice(ENCODINGS))
        elif kind == 4:
            at, size = chance.randrange(len(data) + 1), chance.randrange(400)
            yield data[:at] + data[at : at + size] * 3 + data[at + size + chance.randrange(400) :]
        else:
            changed = bytearray(data)
            for _ in range(chance.randrange(1, 40)):
                changed[chance.randrange(len(changed))] = chance.randrange(256)
            yield bytes(changed)


def surprise(read: Callable[[], Transcript]) -> str | None:
    """Read, and give what nobody may meet: a traceback, or a turn that cannot be.

    A transcript or a sentence about why there is none is no surprise, if both can be said.
    """
    try:
        transcript = read()
        for repair in transcript.repairs:
            _say(repair.code, dict(repair.slots))
        return next((f"cannot be: {turn}" for turn in transcript.turns if not _can_be(turn)), None)
    except TranscriptUnreadable as refused:
        _say(refused.code, refused.slots)
    except Exception:  # whatever it is, it is the find
        return traceback.format_exc()
    return None


def _can_be(turn: Turn) -> bool:
    tidy = " ".join(turn.text.split()) == turn.text and " ".join(turn.speaker.split()) == turn.speaker
    times = [time for time in (turn.start_ms, turn.end_ms) if time is not None]
    return tidy and times == sorted(times) and all(time >= 0 for time in times) and turn.line >= 0


def _say(code: str, slots: dict[str, str | int]) -> None:
    for language in LANGUAGES:
        say(code, language, **slots)


def main(arguments: Sequence[str]) -> int:
    """Run every reader over its files, and say how many were read, refused, or crashed."""
    count = int(arguments[0]) if arguments else CASES
    crashes = 0
    print(f"{'reader':32}     read  refused  repairs  crashes  seconds")
    for reader in READERS:
        crashes += _row(reader, partial(_invented, reader, count))
    for path in sorted(needed(TRANSCRIPTS).iterdir()):
        crashes += _row(path.name[:32], partial(_real, path.read_bytes(), path.name))
    return 1 if crashes else 0


def _row(name: str, run: Callable[[Counter[str]], None]) -> int:
    seen: Counter[str] = Counter()
    begun = time.perf_counter()
    run(seen)
    counts = "".join(f"{seen[key]:9}" for key in ("read", "refused", "repairs", "crashes"))
    print(f"{name:32}{counts} {time.perf_counter() - begun:8.1f}", flush=True)
    return seen["crashes"]


def _invented(reader: str, count: int, seen: Counter[str]) -> None:
    @seed(2026)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(made_for(reader))
    def run(data: bytes) -> None:
        _seen(partial(READERS[reader], data), seen)

    run()


def _real(data: bytes, name: str, seen: Counter[str]) -> None:
    chance = random.Random(name)  # noqa: S311 (the same damage in every run)
    for each in damaged(data, chance, DAMAGES):
        _seen(partial(formats.read_data, each, name), seen)


def _seen(read: Callable[[], Transcript], seen: Counter[str]) -> None:
    def counted() -> Transcript:
        try:
            transcript = read()
        except TranscriptUnreadable:
            seen["refused"] += 1
            raise
        seen["read"] += 1
        seen["repairs"] += len(transcript.repairs)
        return transcript

    found = surprise(counted)
    if found:
        seen["crashes"] += 1
        if seen["crashes"] <= 3:
            print(found, file=sys.stderr)


def _encoded(text: str, encoding: str) -> bytes:
    return text.encode(encoding, "replace")


def _changed(text: str, changes: Sequence[tuple[float, int, str]]) -> str:
    for at, size, piece in changes:
        where = int(len(text) * at)
        text = text[:where] + piece + text[where + size :]
    return text


def _cut(data: bytes, part: float) -> bytes:
    return data[: int(len(data) * part)]


def document(body: str) -> bytes:
    """Give a Word file with this body, as little around it as opens."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{w}"><w:body>{body}</w:body></w:document>',
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as whole:
        for name, text in parts.items():
            whole.writestr(name, text.encode("utf-8", "replace"))
    return written.getvalue()
