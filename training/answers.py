"""The head that weighs what speaks for a met answer: `python -m training.answers`.

It is fitted anew after a change of words, of `training.meanings` or of the cases: to the answers of
tests/cases/answers (tuning, tuning2, tuning3, forms), each beside its examples in both languages and, for a
part, beside one example alone, and to the example answers of the shipped lessons. What is printed was found
over five folds of the questions. How well it does on answers kept for testing tells `./dev bench answers`.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from apego.listening.answers import MATCHES, SIGNS, Beside, Head
from apego.listening.meanings import Numbers
from apego.listening.told import told
from apego.practice.content import LANGUAGES
from benchmark.answers import CASES
from benchmark.data import ROOT
from training.arrays import FOLDER

LESSONS = ROOT / "src" / "apego" / "practice" / "content" / "lessons"
HEAD = FOLDER / "answers.json"
# What an answer of each set counts for: tuning.json was written by the hand that wrote most of its like, tuning3.json
# to be contrary (the idea in three words, the topic in twenty).
TUNING = {"tuning": 3.0, "tuning2": 1.0, "tuning3": 0.3}
FOLDS, SHUFFLES = 5, 4
FORMS = 2.0  # what a plain short sentence counts for
LESSON = 0.5  # what an example answer beside those of its question counts for
ALONE = 0.25  # what an answer beside one example alone counts for, beside 1 with all of its question
HELD = 0.1  # scikit-learn's C: how freely a weight may grow
WEIGHTS = (1.5, 2.0, 1.0)  # of a case that is touched, near, not yet: the last are five of six
WRONGED = 0.5  # taken from macro-F1 for each not yet of hundred touched: better silent than untrue
OFFSETS = np.linspace(-1.2, 1.2, 25)
ROUNDS = 3  # the stretch that is met best is chosen by the head, and the head is fitted on it


@dataclass(frozen=True, slots=True)
class Case:
    """An answer beside one example: the signs of every stretch, which of them have words to show, what is right."""

    question: str
    name: str
    whole: bool  # beside all examples of its question
    signs: Numbers
    shown: npt.NDArray[np.bool_]
    wanted: int
    weight: float


def cases(names: Sequence[str] = tuple(TUNING)) -> Iterator[Case]:
    """Give every answer beside every example, in both languages of the examples."""
    for name in names:
        for question in json.loads((CASES / f"{name}.json").read_text(encoding="utf-8")):
            for answer, language in product(question["answers"], LANGUAGES):
                examples = [example[language] for example in question["examples"]]
                wanted = [MATCHES.index(match) for match in answer["matches"]]
                yield from _beside(question["id"], answer["text"], examples, wanted, TUNING[name], name)
                for example, right in zip(examples, wanted, strict=True):
                    yield from _beside(
                        question["id"], answer["text"], [example], [right], ALONE * TUNING[name], name
                    )


def forms() -> Iterator[Case]:
    """Give the short plain sentences of forms.json, each beside its one example: no set tells so little."""
    for case in json.loads((CASES / "forms.json").read_text(encoding="utf-8")):
        if "match" in case and "fails" not in case:
            right = MATCHES.index(case["match"])
            yield from _beside(case["why"], case["answer"], [case["example"]], [right], FORMS, "forms")


def lessons() -> Iterator[Case]:
    """Give each example answer of the shipped lessons as an answer: it holds its own idea, not another's."""
    for path in sorted(LESSONS.glob("*/exercises.toml")):
        for question in tomllib.loads(path.read_text(encoding="utf-8")).get("question", ()):
            told_by = [example["words"] for example in question.get("example", ())]
            for (place, words), mine, its in product(enumerate(told_by), LANGUAGES, LANGUAGES):
                wanted = [0 if number == place else 2 for number in range(len(told_by))]
                examples = [example[its] for example in told_by]
                name = f"{path.parent.name} {question['id']}"
                yield from _beside(name, words[mine], examples, wanted, LESSON, "lessons")


def _beside(
    question: str, answer: str, examples: Sequence[str], wanted: Sequence[int], weight: float, name: str
) -> Iterator[Case]:
    found = Beside(answer, told(answer), [(example, told(example)) for example in examples])
    for place, right in enumerate(wanted):
        stretches = range(len(found.stretches.bounds))
        shown = np.array([bool(found.words(place, stretch)) for stretch in stretches])
        yield Case(question, name, len(examples) > 1, found.signs[place], shown, right, weight)


def fit(known: Sequence[Case]) -> Head:
    """Fit the weights, the stretch of each answer chosen by what is fitted so far."""
    head = Head(np.ones((len(SIGNS), 2)), np.zeros(2))
    for _ in range(ROUNDS):
        signs = np.array([case.signs[_best(head, case)] for case in known], dtype=np.float64)
        middle, size = signs.mean(axis=0), signs.std(axis=0)
        model = LogisticRegression(C=HELD, max_iter=2000, class_weight=dict(enumerate(WEIGHTS)))
        model.fit((signs - middle) / size, [case.wanted for case in known], [case.weight for case in known])
        weights = (model.coef_ - model.coef_[2])[:2] / size
        head = Head(weights.T, (model.intercept_ - model.intercept_[2])[:2] - weights @ middle)
    return head


def _best(head: Head, case: Case) -> int:
    chances = head.chances(case.signs)
    return int((chances[:, 0] + chances[:, 1] / 2).argmax())


def moved(head: Head, known: Sequence[Case]) -> Head:
    """Move the offsets to where these cases are met best, an untold idea called touched counting twice."""
    full = [case for case in known if case.whole]
    sums = np.array([head.chances(case.signs[_best(head, case)]) for case in full])
    shown = np.array([case.shown[_best(head, case)] for case in full])
    wanted = np.array([case.wanted for case in full])
    weight = np.array([case.weight for case in full])
    sums = np.log(np.maximum(sums, 1e-12))

    def worth(shift: tuple[float, float]) -> float:
        got = np.where(shown, (sums + np.array((*shift, 0.0))).argmax(axis=1), 2)
        return _worth(wanted, got, weight)

    shift = max(product(OFFSETS, OFFSETS), key=worth)
    return Head(head.weights, head.offset + np.array(shift))


def _worth(wanted: npt.NDArray[np.int_], got: npt.NDArray[np.int_], weight: npt.NDArray[np.float64]) -> float:
    wronged = weight[(wanted == 2) & (got == 0)].sum() / max(1.0, weight[got == 0].sum())
    return _macro(wanted, got, weight) - WRONGED * float(wronged)


def _macro(wanted: npt.NDArray[np.int_], got: npt.NDArray[np.int_], weight: npt.NDArray[np.float64]) -> float:
    scores = []
    for match in range(len(MATCHES)):
        named = weight[wanted == match].sum() + weight[got == match].sum()
        scores.append(2 * weight[(wanted == match) & (got == match)].sum() / max(named, 1e-9))
    return float(np.mean(scores))


def judged(head: Head, known: Sequence[Case]) -> npt.NDArray[np.int_]:
    """Give what a head makes of each case."""
    best = [_best(head, case) for case in known]
    return np.array(
        [
            int(head.chances(case.signs[one]).argmax()) if case.shown[one] else 2
            for case, one in zip(known, best, strict=True)
        ]
    )


def folded(known: Sequence[Case], shuffle: int) -> list[tuple[Case, int]]:
    """Give each case with what was said of it by a head that saw nothing of its question."""
    questions = sorted({case.question for case in known})
    np.random.default_rng(shuffle).shuffle(questions)
    fold = {question: number % FOLDS for number, question in enumerate(questions)}
    found: list[tuple[Case, int]] = []
    for number in range(FOLDS):
        seen = [case for case in known if fold[case.question] != number]
        left = [case for case in known if fold[case.question] == number and case.whole]
        found += zip(left, judged(moved(fit(seen), seen), left).tolist(), strict=True)
    return found


def report(known: Sequence[Case]) -> dict[str, str]:
    """Print and give for each set how well it was met over the folds."""
    shuffles = [folded(known, shuffle) for shuffle in range(SHUFFLES)]
    told_of = {}
    for name in TUNING:
        scores, table = [], np.zeros((len(MATCHES), len(MATCHES)))
        for found in shuffles:
            wanted = np.array([case.wanted for case, _ in found if case.name == name])
            got = np.array([said for case, said in found if case.name == name])
            scores.append(_macro(wanted, got, np.ones(len(got))))
            np.add.at(table, (wanted, got), 1 / SHUFFLES)
        told_of[name] = f"macro-F1 {np.mean(scores):.3f} ({min(scores):.3f} to {max(scores):.3f})"
        print(f"{name}, {FOLDS} folds of questions, {SHUFFLES} shuffles: {told_of[name]}")
        for match, row in zip(MATCHES, table, strict=True):
            print(f"{match:>10} " + "".join(f"{count:9.1f}" for count in row))
    return told_of


def write(head: Head, found: dict[str, str]) -> None:
    """Write the head beside the reader."""
    digests = {name: hashlib.sha256((CASES / f"{name}.json").read_bytes()).hexdigest() for name in TUNING}
    stored = {
        "fitted_by": "python -m training.answers",
        "fitted_to": digests,
        "found_over_folds": found,
        "signs": {
            name: [round(float(one), 4) for one in pair]
            for name, pair in zip(SIGNS, head.weights, strict=True)
        },
        "offset": [round(float(one), 4) for one in head.offset],
    }
    HEAD.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    """Fit, tell what was found over the folds, write."""
    known = [*cases(), *forms(), *lessons()]
    found = report(known)
    write(moved(fit(known), known), found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
