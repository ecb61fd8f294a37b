"""From labelled examples to trained networks: a teacher of twelve layers, and a student of three that ships.

The student is first fitted to the labels alone; then it goes on with the teacher's soft answers beside them.
Every step has its seed, and its length is counted in steps: the same machine gives the same weights.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import torch
from torch import Tensor, nn

from apego.listening.pieces import Pieces
from training.copies import Names, bare
from training.material import Example, Material
from training.network import (
    Batch,
    Judged,
    Network,
    Wrapped,
    all_wrapped,
    batches,
    judged,
    network,
    padded,
)
from training.outputs import OUTPUTS
from training.start import Start
from training.targets import COUNSELLING, apart, loss, of_stops, targets, usual

LAYERS = 3  # of the student, the encoder's lowest: the upper ones, or every other, learned far slower
BATCH = 1100  # pieces, padding counted
ANSWERED = 3000  # pieces at once, where nothing is learned
DECAY = 0.93  # of the rate from each layer to the one below
LONGEST_STRIDE = 1.0  # of the gradient
LOWEST_RATE = 0.02  # at the end of a schedule
WEIGHT_DECAY = 0.01
COPIED = 0.30  # of the examples have a copy when the teacher is fitted
COPY_TURN = 0.60  # of these are read as their copy
STUDENT_COPIES = 0.35  # of AnnoMI's turns, when the student is fitted
LAST_STOPS_WEIGHT = 12.0  # when all else is held to what it was
HARD_SHARE = 0.5  # of the labels beside the teacher's answers
SAY_EVERY = 25

Step = TypeVar("Step")
T = TypeVar("T")
Groups = list[tuple[list[nn.Parameter], float]]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How long and how fast one network is fitted. `steps` cuts the schedule short, its slope with it."""

    seed: int
    epochs: int
    rate: float
    head_rate: float  # how much faster the outputs learn
    warm_up: int
    steps: int | None = None


TEACHER = Recipe(seed=7, epochs=2, rate=3.5e-4, head_rate=5, warm_up=30, steps=800)
STUDENT = Recipe(seed=11, epochs=3, rate=4e-4, head_rate=5, warm_up=30)
DISTILLED = Recipe(seed=13, epochs=4, rate=3.5e-4, head_rate=3, warm_up=20)
STOPPED = Recipe(seed=17, epochs=2, rate=2.5e-4, head_rate=3, warm_up=20)
FROZEN = 6  # of the teacher's layers: what they make of a text is computed once


@dataclass(frozen=True, slots=True)
class Texts:
    """The examples to train on, and copies of them; `has_copy` says whose copy the teacher saw."""

    examples: tuple[Example, ...]
    home: int  # so many of them, the first, are the corpus's
    all: list[Wrapped]  # as written, then the copies
    has_copy: list[bool]

    def example(self, text: int) -> int:
        """Give the place of the example that a text comes from."""
        return text % len(self.examples)


def repeatable(threads: int, step: Callable[..., T], *given: object) -> T:
    """Go through a step so that the same machine gives the same numbers, on as many cores as are named."""
    torch.set_num_threads(threads)
    torch.use_deterministic_algorithms(True)
    return step(*given)


def texts(material: Material, cut: Pieces, names: Names, seed: int = TEACHER.seed) -> Texts:
    """Give the examples with one copy of each."""
    chance = random.Random(seed)  # noqa: S311 - for training, not for keys
    examples = material.trained_on
    copies = all_wrapped(cut, [names.copy(example, chance) for example in examples])
    has_copy = [chance.random() < COPIED for _ in examples]
    return Texts(examples, len(material.home), all_wrapped(cut, examples) + copies, has_copy)


def taught(start: Start, of: Texts, recipe: Recipe = TEACHER) -> tuple[Network, Tensor]:
    """Fit the teacher and give it with its answers to all texts. Its lower half stays as it was."""
    torch.manual_seed(recipe.seed)
    chance = random.Random(recipe.seed + 1)  # noqa: S311
    made = network(start)
    frozen = min(FROZEN, start.layers - 1)
    made.freeze(frozen)
    wanted = targets(of.examples)
    usual(made, wanted)
    lower = _lower(made, of.all, frozen)
    plan: list[list[int]] = []
    for _ in range(recipe.epochs):
        turns = [
            len(of.examples) + at if has and chance.random() < COPY_TURN else at
            for at, has in enumerate(of.has_copy)
        ]
        again = [len(of.examples) + at for at in range(of.home) if of.has_copy[at]]
        plan += _batched(of.all, turns + again, chance)

    def judge(batch: Sequence[int], texts: Batch) -> Judged:
        return judged(_upper(made, texts, lower, batch, frozen), texts)

    def step(batch: Sequence[int]) -> Tensor:
        texts = padded([of.all[text] for text in batch])
        return loss(judge(batch, texts), wanted.of([of.example(text) for text in batch]), texts)

    _fit(made, _by_layer(made, recipe, frozen), plan, step, recipe)
    return made, _answers(of.all, judge)


def fitted(start: Start, material: Material, cut: Pieces, names: Names, recipe: Recipe = STUDENT) -> Network:
    """Fit a student to the labels: the corpus as written and as a fresh copy at each pass, AnnoMI once."""
    torch.manual_seed(recipe.seed)
    chance = random.Random(recipe.seed)  # noqa: S311
    made = network(start)
    made.freeze(0)
    examples, home = material.trained_on, material.home
    wanted = targets(examples)
    usual(made, wanted)
    written = all_wrapped(cut, examples)

    def copy(example: Example) -> Wrapped:
        return all_wrapped(cut, [names.copy(example, chance)])[0]

    plan: list[list[tuple[int, Wrapped]]] = []
    for _ in range(recipe.epochs):
        pairs = list(enumerate(written[: len(home)]))
        pairs += [(at, copy(example)) for at, example in enumerate(home)]
        for at in range(len(home), len(examples)):
            copied = chance.random() < STUDENT_COPIES
            pairs.append((at, copy(examples[at]) if copied else written[at]))
        plan += [
            [pairs[place] for place in batch] for batch in batches([text for _, text in pairs], BATCH, chance)
        ]

    def step(batch: Sequence[tuple[int, Wrapped]]) -> Tensor:
        texts = padded([text for _, text in batch])
        found = _judged(made, texts)
        return loss(found, wanted.of([at for at, _ in batch]), texts)

    _fit(made, _by_layer(made, recipe, 0), plan, step, recipe)
    return made


def distilled(student: Network, of: Texts, answers: Tensor, recipe: Recipe = DISTILLED) -> Network:
    """Let the student go on with the teacher's answers beside the labels."""
    torch.manual_seed(recipe.seed)
    chance = random.Random(recipe.seed)  # noqa: S311
    student.freeze(0)
    wanted = targets(of.examples)
    count = len(of.examples)
    weight = torch.tensor([1.0 if each.source == "corpus" else COUNSELLING for each in of.examples])
    counselled = torch.tensor([each.source == "annomi" for each in of.examples])
    plan: list[list[int]] = []
    for _ in range(recipe.epochs):
        home = [*range(of.home), *(at + count for at in range(of.home) if of.has_copy[at])]
        turns = [
            at + count if of.has_copy[at] and chance.random() < COPY_TURN else at
            for at in range(of.home, count)
        ]
        plan += _batched(of.all, home + turns, chance)

    def step(batch: Sequence[int]) -> Tensor:
        rows = [of.example(text) for text in batch]
        texts = padded([of.all[text] for text in batch])
        found = _judged(student, texts)
        by_labels = loss(found, wanted.of(rows), texts)
        return HARD_SHARE * by_labels + apart(
            found.turn, answers[list(batch)], weight[rows], counselled[rows]
        )

    _fit(student, _together(student, recipe), plan, step, recipe)
    return student


def stopped(student: Network, examples: Sequence[Example], cut: Pieces, recipe: Recipe = STOPPED) -> Network:
    """Let the student learn where sentences end, and hold it to its own answers for all else.

    Every turn is read as written and as speech recognition writes it.
    """
    torch.manual_seed(recipe.seed)
    chance = random.Random(recipe.seed)  # noqa: S311
    student.freeze(0)
    turns = all_wrapped(cut, [*examples, *bare(examples)])
    answers = answers_of(student, turns)
    same = torch.ones(len(turns))
    counselled = torch.tensor([each.source == "annomi" for each in examples] * 2)
    plan = [batch for _ in range(recipe.epochs) for batch in batches(turns, BATCH, chance)]

    def step(batch: Sequence[int]) -> Tensor:
        rows = list(batch)
        texts = padded([turns[turn] for turn in batch])
        found = _judged(student, texts)
        held = apart(found.turn, answers[rows], same[rows], counselled[rows])
        return held + LAST_STOPS_WEIGHT * of_stops(found.stops, texts)

    _fit(student, _together(student, recipe), plan, step, recipe)
    return student


def answers_of(network: Network, turns: Sequence[Wrapped]) -> Tensor:
    """Give what comes out of a network for each turn, a row a turn."""
    return _answers(turns, lambda _, texts: _judged(network, texts))


def _judged(network: Network, texts: Batch) -> Judged:
    return judged(network(texts.pieces, texts.kinds), texts)


def _answers(of: Sequence[Wrapped], judge: Callable[[Sequence[int], Batch], Judged]) -> Tensor:
    """Give what comes out for each turn, a row a turn."""
    found = torch.zeros(len(of), OUTPUTS)
    with torch.inference_mode():
        for batch in batches(of, ANSWERED):
            found[batch] = judge(batch, padded([of[text] for text in batch])).turn
    return found


def _together(student: Network, recipe: Recipe) -> Groups:
    """Give the parameters with their rates: the outputs faster, all layers alike."""
    head = list(student.head.parameters())
    rest = [
        each
        for name, each in student.named_parameters()
        if each.requires_grad and not name.startswith("head.")
    ]
    return [(head, recipe.rate * recipe.head_rate), (rest, recipe.rate)]


def _by_layer(made: Network, recipe: Recipe, frozen: int) -> Groups:
    """Give the parameters with their rates: the outputs fastest, each layer slower than the one above."""
    groups: Groups = [(list(made.head.parameters()), recipe.rate * recipe.head_rate)]
    depth = len(made.layers)
    if not frozen:
        groups.append((list(made.norm.parameters()), recipe.rate * DECAY**depth))
    for number in range(frozen, depth):
        groups.append((list(made.layers[number].parameters()), recipe.rate * DECAY ** (depth - 1 - number)))
    return groups


def _batched(all_texts: Sequence[Wrapped], chosen: Sequence[int], chance: random.Random) -> list[list[int]]:
    lined = batches([all_texts[text] for text in chosen], BATCH, chance)
    return [[chosen[place] for place in batch] for batch in lined]


def _fit(
    made: Network, groups: Groups, plan: Sequence[Step], step: Callable[[Step], Tensor], recipe: Recipe
) -> None:
    """Go through the batches, faster at first and slower to the end."""
    plan = plan[: recipe.steps]
    chosen = [{"params": parameters, "lr": rate} for parameters, rate in groups]
    optimiser = torch.optim.AdamW(chosen, weight_decay=WEIGHT_DECAY)
    learned = [parameter for parameters, _ in groups for parameter in parameters]
    made.train()
    began, lost = time.perf_counter(), 0.0
    for number, batch in enumerate(plan):
        share = min((number + 1) / recipe.warm_up, max(LOWEST_RATE, 1 - number / len(plan)))
        for group, (_, rate) in zip(optimiser.param_groups, groups, strict=True):
            group["lr"] = rate * share
        found = step(batch)
        found.backward()
        nn.utils.clip_grad_norm_(learned, LONGEST_STRIDE)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        lost += found.item()
        if number % SAY_EVERY == SAY_EVERY - 1:
            print(
                f"  {number + 1}/{len(plan)} loss {lost / SAY_EVERY:.4f}, {_since(began):.0f} s",
                flush=True,
            )
            lost = 0.0
    made.eval()


def _since(began: float) -> float:
    return time.perf_counter() - began


def _lower(made: Network, all_texts: Sequence[Wrapped], layers: int) -> list[Tensor]:
    """Give what the frozen layers make of each text, in half precision: computed once, not at each pass."""
    made.eval()
    found: list[Tensor] = [torch.empty(0)] * len(all_texts)
    with torch.inference_mode():
        for batch in batches(all_texts, ANSWERED):
            texts = padded([all_texts[text] for text in batch])
            states = made.embedded(texts.pieces, texts.kinds)
            states = made.through(states, texts.pieces, last=layers).to(torch.float16)
            for text, own in zip(batch, states, strict=True):
                found[text] = own[: len(all_texts[text].pieces)].clone()
    return found


def _upper(made: Network, texts: Batch, lower: Sequence[Tensor], batch: Sequence[int], layers: int) -> Tensor:
    states = torch.zeros(*texts.pieces.shape, lower[batch[0]].shape[1])
    for row, text in enumerate(batch):
        states[row, : len(lower[text])] = lower[text].float()
    return made.judged(made.through(states, texts.pieces, first=layers))
