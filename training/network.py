"""The network that is trained: layers of attention over pieces, outputs for each, and their means.

A text and the turn before it are read together, each piece marked as one or the other. What a sentence or
the whole text gives is the mean of its own pieces. How a text becomes pieces, and what a turn gives, must be
what `apego.listening` does.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from apego.listening.model.encoder import EDGES, LONGEST_TEXT, PADDING, STARTS, asked
from apego.listening.pieces import Pieces
from apego.listening.reader import SENTENCE_SHARE as PRODUCT_SHARE
from apego.listening.stops import ENDINGS
from apego.listening.words import sentences
from training.material import Example
from training.outputs import OUTPUTS, STOPS, YES_OR_NO
from training.start import Start

WIDTH = 384
HEADS = 12
POSITIONS = 512
EPSILON = 1e-12
DROPOUT = 0.1

SENTENCE_SHARE = float(PRODUCT_SHARE)
OUTSIDE, UNTOLD = -1, -100  # of a piece: in no sentence; nobody said what stands behind it
JITTER = 8  # pieces by which lengths are blurred, so that a batch is not the same at each pass


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A text with the turn before it: the number of each piece, and what it is.

    `kinds` is 0 for the text's own pieces and 1 for the turn's. `sentences` has the number of the sentence
    that a piece stands in, or OUTSIDE. `stops` has what stands behind a piece, or UNTOLD.
    """

    pieces: list[int]
    kinds: list[int]
    sentences: list[int]
    stops: list[int]


def wrapped(cut: Pieces, example: Example) -> Wrapped:
    """Give an example as the network reads it: of a long one both ends, of the turn before its end."""
    words = example.text.split()
    text = asked(cut, words, example.before)
    counts = np.diff((0, *text.ends))
    pieces = [
        piece for window, own in zip(text.windows, text.own, strict=True) for piece in window[1 : 1 + own]
    ]
    in_sentence = np.repeat(_sentence_of_words(example), counts)
    stops = np.full(len(pieces), UNTOLD)
    if example.parts:
        stops[np.array(text.ends) - 1] = [sign for part in example.parts for sign in _signs(*part)]
    kept = list(range(len(pieces)))
    if len(kept) > LONGEST_TEXT:
        kept = kept[: LONGEST_TEXT // 2] + kept[-LONGEST_TEXT // 2 :]
    behind = list(text.windows[0][1 + text.own[0] :])  # where the text ends, and the turn before
    own = len(kept) + EDGES
    return Wrapped(
        [STARTS, *(pieces[at] for at in kept), *behind],
        [0] * own + [1] * (len(behind) - 1),
        [OUTSIDE, *in_sentence[kept].tolist(), *[OUTSIDE] * len(behind)],
        [UNTOLD, *stops[kept].tolist(), *[UNTOLD] * len(behind)],
    )


def _sentence_of_words(example: Example) -> list[int]:
    """Give for each word the number of its sentence; one in none, such as a dash, belongs to the one before."""
    if example.parts:
        return [number for number, (part, _) in enumerate(example.parts) for _ in part.split()]
    starts = [span.start for span in sentences(example.text)]
    return [max(bisect_left(starts, word.end()) - 1, 0) for word in re.finditer(r"\S+", example.text)]


def _signs(part: str, asks: bool) -> list[int]:
    return [0] * (len(part.split()) - 1) + [ENDINGS.index("?" if asks else ".")]


def all_wrapped(cut: Pieces, examples: Iterable[Example]) -> list[Wrapped]:
    """Give each example as the network reads it."""
    return [wrapped(cut, example) for example in examples]


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts as rectangles, a row a text."""

    pieces: Tensor
    kinds: Tensor
    sentences: Tensor
    stops: Tensor

    @property
    def shares(self) -> Tensor:
        """What each piece counts in the mean of each sentence, and last of the whole: texts, stretches, pieces."""
        count = max(int(self.sentences.max()) + 1, 1)
        within = [self.sentences == number for number in range(count)]
        among = torch.stack([*within, self.sentences != OUTSIDE], dim=1).float()
        found: Tensor = among / among.sum(2, keepdim=True).clamp(min=1)
        return found


def padded(texts: Sequence[Wrapped]) -> Batch:
    """Give texts as rectangles."""
    longest = max(len(each.pieces) for each in texts)
    fills = {"pieces": PADDING, "kinds": 0, "sentences": OUTSIDE, "stops": UNTOLD}
    made = {name: torch.full((len(texts), longest), fill) for name, fill in fills.items()}
    for name, rows in made.items():
        for row, each in zip(rows, texts, strict=True):
            own = getattr(each, name)
            row[: len(own)] = torch.tensor(own)
    return Batch(**made)


def batches(texts: Sequence[Wrapped], budget: int, chance: random.Random | None = None) -> list[list[int]]:
    """Give the places of texts in batches of like length, each within a budget of pieces, padding counted.

    With `chance` they are blurred and shuffled, for training.
    """
    lengths = [len(each.pieces) for each in texts]
    order = sorted(
        range(len(texts)), key=lambda at: lengths[at] + (chance.random() * JITTER if chance else 0)
    )
    found: list[list[int]] = []
    batch: list[int] = []
    longest = 0
    for place in order:
        if batch and (len(batch) + 1) * max(longest, lengths[place]) > budget:
            found.append(batch)
            batch, longest = [], 0
        batch.append(place)
        longest = max(longest, lengths[place])
    if batch:
        found.append(batch)
    if chance:
        chance.shuffle(found)
    return found


class Layer(nn.Module):
    """One layer: attention, then a wide step, each added to what came in and normed."""

    def __init__(self) -> None:
        super().__init__()
        self.attention_in = nn.Linear(WIDTH, 3 * WIDTH)
        self.attention_out = nn.Linear(WIDTH, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.widen = nn.Linear(WIDTH, 4 * WIDTH)
        self.narrow = nn.Linear(4 * WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)

    def forward(self, states: Tensor, real: Tensor) -> Tensor:
        """Give the states after this layer; `real` is false for padding."""
        count, length, _ = states.shape
        parts = self.attention_in(states).view(count, length, 3, HEADS, WIDTH // HEADS)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=real[:, None, None, :])
        mixed = self.attention_out(mixed.transpose(1, 2).reshape(count, length, WIDTH))
        states = self.attention_norm(states + functional.dropout(mixed, DROPOUT, self.training))
        wide = self.narrow(functional.gelu(self.widen(states)))
        found: Tensor = self.norm(states + functional.dropout(wide, DROPOUT, self.training))
        return found


class Network(nn.Module):
    """The trunk and its outputs."""

    def __init__(self, vocabulary: int, layers: int) -> None:
        super().__init__()
        self.word = nn.Embedding(vocabulary, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.kind = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.head = nn.Linear(WIDTH, OUTPUTS)

    def forward(self, pieces: Tensor, kinds: Tensor) -> Tensor:
        """Give the outputs for each piece."""
        return self.judged(self.through(self.embedded(pieces, kinds), pieces))

    def embedded(self, pieces: Tensor, kinds: Tensor) -> Tensor:
        """Give the state of each piece before the first layer."""
        states = self.word(pieces) + self.position.weight[: pieces.shape[1]] + self.kind(kinds)
        return functional.dropout(self.norm(states), DROPOUT, self.training)

    def through(self, states: Tensor, pieces: Tensor, first: int = 0, last: int | None = None) -> Tensor:
        """Give the states after layers `first` up to `last`."""
        real = pieces != PADDING
        for layer in self.layers[first:last]:
            states = layer(states, real)
        return states

    def judged(self, states: Tensor) -> Tensor:
        """Give the outputs for each piece from its state."""
        found: Tensor = self.head(functional.dropout(states, DROPOUT, self.training))
        return found

    def freeze(self, layers: int) -> None:
        """Leave the embeddings and this many lower layers as they are; with 0, the first norm is free."""
        still: list[nn.Module] = [self.word, self.position, self.kind, *self.layers[:layers]]
        for module in still + ([self.norm] if layers else []):
            module.requires_grad_(False)


def network(start: Start) -> Network:
    """Give a network that starts from an encoder; its outputs start small."""
    made = Network(len(start.pieces), start.layers)
    weights = {name: torch.tensor(array) for name, array in start.weights.items()}
    missing, unexpected = made.load_state_dict(weights, strict=False)
    assert not unexpected and all(name.startswith("head.") for name in missing), (missing, unexpected)
    nn.init.normal_(made.head.weight, std=0.02)
    nn.init.zeros_(made.head.bias)
    return made


@dataclass(frozen=True, slots=True)
class Judged:
    """What comes out for texts: for each turn, for each of its sentences, and what stands behind each piece.

    A turn is what `apego.listening.reader.strongest` makes of its sentences and the whole; the behaviour is
    the whole's.
    """

    turn: Tensor
    sentences: Tensor
    stops: Tensor


def judged(outputs: Tensor, of: Batch) -> Judged:
    """Give what comes out for texts from the outputs for their pieces."""
    shares = of.shares
    means = shares @ outputs
    single, whole = means[:, :-1], means[:, -1]
    silent = (shares[:, :-1].sum(2) == 0)[..., None]  # a text with fewer sentences than another
    one = single.masked_fill(silent, -torch.inf).amax(1)
    strong = SENTENCE_SHARE * one + (1 - SENTENCE_SHARE) * whole
    said = torch.maximum(whole, strong)[:, YES_OR_NO]
    return Judged(torch.cat([said, whole[:, YES_OR_NO.stop :]], 1), single, outputs[..., STOPS])


def cut_texts(texts: Sequence[Wrapped], budget: int) -> Iterator[Batch]:
    """Give texts as padded batches of like length."""
    for batch in batches(texts, budget):
        yield padded([texts[place] for place in batch])
