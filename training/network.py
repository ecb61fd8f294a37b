"""The network that is trained: layers of attention over pieces, and outputs over the mean of a text's own.

A text and the turn before it are read together, each piece marked as one or the other; only the text's
own pieces are averaged. How a text becomes pieces must be what `apego.listening.model` does.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from apego.listening.model.encoder import ENDS, LONGEST_BEFORE, LONGEST_TEXT, PADDING, STARTS
from apego.listening.pieces import Pieces
from training.material import BEHAVIOURS, LABELS, Example
from training.start import Start

WIDTH = 384
HEADS = 12
POSITIONS = 512
EPSILON = 1e-12
DROPOUT = 0.1

COUNSELLED = ("reflect", "open_question", "closed_question", "inform", "advise")  # what AnnoMI speaks of
SHARED = [LABELS.index(label) for label in COUNSELLED]
AT_HOME = slice(0, len(LABELS))  # the outputs that ship
IN_COUNSELLING = slice(len(LABELS), len(LABELS) + len(COUNSELLED))  # the same labels as counsellors use them
YES_OR_NO = slice(0, IN_COUNSELLING.stop)
BEHAVIOUR = slice(IN_COUNSELLING.stop, IN_COUNSELLING.stop + len(BEHAVIOURS))
OUTPUTS = BEHAVIOUR.stop

JITTER = 8  # pieces by which lengths are blurred, so that a batch is not the same at each pass


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A text with the turn before it: the number of each piece, and 0 for its own, 1 for the turn's."""

    pieces: list[int]
    kinds: list[int]


def wrapped(cut: Pieces, text: str, before: str) -> Wrapped:
    """Give a text as the network reads it: of a long one both ends, of the turn before its end."""
    own = [piece for word in cut.of_text(text) for piece in word]
    if len(own) > LONGEST_TEXT:
        own = own[: LONGEST_TEXT // 2] + own[-LONGEST_TEXT // 2 :]
    own = [STARTS, *own, ENDS]
    behind = [piece for word in cut.of_text(before) for piece in word][-LONGEST_BEFORE:]
    if behind:
        behind = [ENDS, *behind, ENDS]
    return Wrapped(own + behind, [0] * len(own) + [1] * len(behind))


def all_wrapped(cut: Pieces, examples: Iterable[Example]) -> list[Wrapped]:
    """Give each example as the network reads it."""
    return [wrapped(cut, example.text, example.before) for example in examples]


def padded(texts: Sequence[Wrapped]) -> tuple[Tensor, Tensor]:
    """Give texts as one rectangle of pieces and one of kinds."""
    longest = max(len(each.pieces) for each in texts)
    pieces = torch.full((len(texts), longest), PADDING, dtype=torch.long)
    kinds = torch.zeros_like(pieces)
    for row, each in enumerate(texts):
        pieces[row, : len(each.pieces)] = torch.tensor(each.pieces)
        kinds[row, : len(each.kinds)] = torch.tensor(each.kinds)
    return pieces, kinds


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
        """Give the outputs for each text."""
        return self.judged(self.through(self.embedded(pieces, kinds), pieces), pieces, kinds)

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

    def judged(self, states: Tensor, pieces: Tensor, kinds: Tensor) -> Tensor:
        """Give the outputs for each text from the states of its own pieces."""
        own = ((pieces != PADDING) & (kinds == 0)).to(states.dtype)[..., None]
        mean = (states * own).sum(1) / own.sum(1)
        found: Tensor = self.head(functional.dropout(mean, DROPOUT, self.training))
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


def cut_texts(texts: Sequence[Wrapped], budget: int) -> Iterator[tuple[Tensor, Tensor]]:
    """Give texts as padded batches of like length."""
    for batch in batches(texts, budget):
        yield padded([texts[place] for place in batch])
