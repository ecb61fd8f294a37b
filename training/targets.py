"""What should come out of a network for each example, and how far what came out is from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from training.material import BEHAVIOURS, LABELS, STANDING, Example
from training.network import UNTOLD, Batch, Judged, Network
from training.outputs import (
    AT_HOME,
    BEHAVIOUR,
    COUNSELLED,
    IN_COUNSELLING,
    SHARED,
    STANDS_IN,
    YES_OR_NO,
)

COUNSELLING = 1.0  # the weight of AnnoMI
RARE_ADVICE = (4.0, 3.0)  # of a turn of AnnoMI that advises: for the label that ships, for counselling's own
PRESENT = 2.0  # of a label that holds, in the corpus
SENTENCES = 0.5  # of the sentences of a joined turn, beside the turn
STOPS_WEIGHT = 1.0  # of the end of a sentence, beside the labels
RAREST = 1e-4  # share of a label, where the outputs start


@dataclass(frozen=True, slots=True)
class Targets:
    """What should come out for each example: yes or no, its weight (0: nobody said), the behaviour or -1.

    `by_sentence` has yes or no for each sentence of a joined turn, -1 where nobody said.
    """

    holds: Tensor
    weight: Tensor
    behaviour: Tensor
    by_sentence: Tensor

    def of(self, rows: Sequence[int]) -> Targets:
        """Give those of some examples."""
        at = list(rows)
        return Targets(self.holds[at], self.weight[at], self.behaviour[at], self.by_sentence[at])


def targets(examples: Sequence[Example]) -> Targets:
    """Give the targets.

    AnnoMI speaks of five labels, for the outputs that ship and for its own, and of what stands in a turn.
    """
    holds = np.zeros((len(examples), YES_OR_NO.stop), np.float32)
    weight = np.zeros_like(holds)
    behaviour = np.full(len(examples), -1)
    most = max((len(each.by_sentence) for each in examples), default=0) or 1
    by_sentence = np.full((len(examples), most, len(LABELS)), -1, np.float32)
    advice = np.array([label == "advise" for label in COUNSELLED])
    for row, example in enumerate(examples):
        said = np.array([example.labels.get(label, False) for label in LABELS], np.float32)
        holds[row, AT_HOME] = said
        if example.source == "corpus":
            weight[row, AT_HOME] = 1 + (PRESENT - 1) * said
            for place, own in enumerate(example.by_sentence):
                if own is not None:
                    by_sentence[row, place] = [own[label] for label in LABELS]
            continue
        counselled = said[SHARED]
        at_home, own = (1 + counselled * advice * (rare - 1) for rare in RARE_ADVICE)
        weight[row, SHARED] = COUNSELLING * at_home
        weight[row, IN_COUNSELLING] = COUNSELLING * own
        holds[row, IN_COUNSELLING] = counselled
        weight[row, STANDS_IN] = COUNSELLING
        holds[row, STANDS_IN] = [name in example.present for name in STANDING]
        behaviour[row] = BEHAVIOURS.index(example.behaviour)
    return Targets(*map(torch.tensor, (holds, weight, behaviour, by_sentence)))


def loss(found: Judged, wanted: Targets, of: Batch) -> Tensor:
    """Give how far what comes out is from what is known; what nobody said costs nothing."""
    by_turn, by_sentence = _of_turns(found.turn, wanted), _of_sentences(found.sentences, wanted)
    return by_turn + by_sentence + STOPS_WEIGHT * of_stops(found.stops, of)


def _of_turns(outputs: Tensor, wanted: Targets) -> Tensor:
    each = functional.binary_cross_entropy_with_logits(outputs[:, YES_OR_NO], wanted.holds, reduction="none")
    found = (each * wanted.weight).sum(1).mean()
    coded = wanted.behaviour >= 0
    if coded.any():
        main = functional.cross_entropy(outputs[coded, BEHAVIOUR], wanted.behaviour[coded], reduction="sum")
        found = found + main / len(outputs)
    return found


def _of_sentences(outputs: Tensor, wanted: Targets) -> Tensor:
    """Give the same for sentences that were written apart and joined to one turn."""
    known = wanted.by_sentence[:, : outputs.shape[1]]
    told = known[..., 0] >= 0
    if not told.any():
        return torch.zeros(())
    holds = known[told]
    said = outputs[:, : known.shape[1], AT_HOME][told]
    each = functional.binary_cross_entropy_with_logits(said, holds, reduction="none")
    return SENTENCES * (each * (1 + (PRESENT - 1) * holds)).sum() / len(outputs)


def of_stops(outputs: Tensor, of: Batch) -> Tensor:
    """Give how far it is from where sentences are known to end."""
    if not (of.stops != UNTOLD).any():
        return torch.zeros(())
    found: Tensor = functional.cross_entropy(outputs.flatten(0, 1), of.stops.flatten(), ignore_index=UNTOLD)
    return found


def apart(outputs: Tensor, soft: Tensor, weight: Tensor, counselled: Tensor) -> Tensor:
    """Give how far a student's outputs are from the teacher's answers."""
    chances = torch.sigmoid(soft[:, YES_OR_NO])
    each = functional.binary_cross_entropy_with_logits(outputs[:, YES_OR_NO], chances, reduction="none")
    found = (each * weight[:, None]).sum(1).mean()
    if counselled.any():
        ours = functional.log_softmax(outputs[counselled, BEHAVIOUR], 1)
        theirs = functional.softmax(soft[counselled, BEHAVIOUR], 1)
        found = found + functional.kl_div(ours, theirs, reduction="sum") / len(outputs)
    return found


def usual(made: Network, wanted: Targets) -> None:
    """Let the outputs start at what is usual: a label's share among the examples that speak of it."""
    spoken = (wanted.weight > 0).float()
    share = ((wanted.holds * spoken).sum(0) / spoken.sum(0).clamp(min=1)).clamp(RAREST, 1 - RAREST)
    counts = torch.bincount(wanted.behaviour[wanted.behaviour >= 0], minlength=len(BEHAVIOURS)).float()
    with torch.no_grad():
        made.head.bias[YES_OR_NO] = torch.log(share / (1 - share))
        made.head.bias[BEHAVIOUR] = torch.log((counts / counts.sum()).clamp(min=RAREST))
