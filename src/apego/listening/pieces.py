"""Words cut into the pieces that the trained reader knows, each by its number.

The pieces are those of a Unigram vocabulary: of all ways to cut a word, the likeliest is
taken. What the reader makes of the numbers is the subject of `apego.listening.model`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from math import inf

UNKNOWN = "<unk>"
UNKNOWN_COST = 10.0  # below the rarest piece, as Unigram has it
WORD_STARTS = "▁"
LONGEST_WORD = 200  # signs; what is longer is no word, and its end says nothing
KEPT_WORDS = 100_000  # with their pieces, for the life of the process

Numbers = tuple[int, ...]


class Pieces:
    """A vocabulary of pieces with the score (log probability) of each; a piece's number is its place.

    Kudo, T.: Subword Regularization. ACL 2018, section 3.2, with the best path alone.

        >>> pieces = Pieces([("<unk>", 0.0), ("▁", -3.0), ("▁juga", -4.0), ("mos", -3.0), ("s", -2.0)])
        >>> pieces.of_word("jugamos")
        (2, 3)

    What no piece covers is unknown, once for each stretch of it.

        >>> pieces.of_word("¡¡s")
        (1, 0, 4)
    """

    def __init__(self, scored: Iterable[tuple[str, float]]) -> None:
        self._numbers: dict[str, int] = {}
        self._scores: list[float] = []
        for piece, score in scored:
            self._numbers[piece] = len(self._scores)
            self._scores.append(score)
        self._unknown = self._numbers[UNKNOWN]
        self._unknown_score = min(self._scores) - UNKNOWN_COST
        self._longest = max(map(len, self._numbers))
        self._kept: dict[str, Numbers] = {}

    def __len__(self) -> int:
        return len(self._scores)

    def of_text(self, text: str) -> list[Numbers]:
        """Give the pieces of each word of a text; words end at white space.

        Signs that Unicode holds to be the same (full-width letters, ligatures, a letter and its
        accent written apart) are the same here.
        """
        words = " ".join(word[:LONGEST_WORD] for word in text.split())
        return [self.of_word(word) for word in unicodedata.normalize("NFKC", words).split()]

    def of_word(self, word: str) -> Numbers:
        """Give the pieces of one word."""
        kept = self._kept.get(word)
        if kept is None:
            kept = self._cut(WORD_STARTS + word)
            if len(self._kept) < KEPT_WORDS:
                self._kept[word] = kept
        return kept

    def _cut(self, word: str) -> Numbers:
        """Give the likeliest way to cut a word, found from its start (Viterbi)."""
        best = [0.0] + [-inf] * len(word)
        came: list[tuple[int, int]] = [(0, 0)] * (len(word) + 1)  # from where, by which piece
        for start in range(len(word)):
            has_single = False
            for end in range(start + 1, min(len(word), start + self._longest) + 1):
                number = self._numbers.get(word[start:end])
                if number is None:
                    continue
                has_single = has_single or end == start + 1
                if best[start] + self._scores[number] > best[end]:
                    best[end], came[end] = best[start] + self._scores[number], (start, number)
            if not has_single and best[start] + self._unknown_score > best[start + 1]:
                best[start + 1], came[start + 1] = best[start] + self._unknown_score, (start, self._unknown)
        return self._walked_back(came)

    def _walked_back(self, came: list[tuple[int, int]]) -> Numbers:
        path: list[int] = []
        at = len(came) - 1
        while at:
            at, number = came[at]
            if number != self._unknown or not path or path[-1] != self._unknown:
                path.append(number)
        return tuple(reversed(path))
