"""What the trained reader is given, what it answers, and what it costs to have it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from importlib import resources
from pathlib import Path

import pytest

from apego.listening import model
from apego.listening.model import FILES
from apego.listening.model.encoder import BATCH, ENDS, LONGEST_BEFORE, LONGEST_TEXT, STARTS, Asked, asked

TEXTS = ["¿Qué hizo?", "Look!", "You sang to her, and she looked up at you. " * 6, "ajá", "Did he nap? " * 40]


def ask(text: str, before: str = "") -> Asked:
    return asked(model.load().encoder.pieces, text.split(), before)


def test_a_text_stands_between_its_signs_and_the_turn_before_behind_it() -> None:
    (alone,), (after,) = ask("Look there!").windows, ask("Look there!", "She did it.").windows
    assert alone[0] == STARTS
    assert alone[-1] == after[-1] == ENDS
    assert after[: len(alone)] == alone
    assert after[len(alone)] == ENDS
    assert ask("Look there!").own == (len(alone) - 2,)


def test_a_word_ends_where_its_pieces_end() -> None:
    pieces = model.load().encoder.pieces
    text = "Adivina: incomprehensiblemente"
    first, second = (len(own) for own in pieces.of_text(text))
    assert second > 1
    assert ask(text).ends == (first, first + second)


def test_a_long_text_is_read_in_windows_and_of_the_turn_before_the_end() -> None:
    words = " ".join(f"{number}" for number in range(500))
    pieces = model.load().encoder.pieces
    every = [piece for word in pieces.of_text(words) for piece in word]
    found = ask(words, words)
    assert max(found.own) <= LONGEST_TEXT
    assert sum(found.own) == found.ends[-1] == len(every)
    inside = [window[1 : 1 + own] for window, own in zip(found.windows, found.own, strict=True)]
    assert [piece for window in inside for piece in window] == every
    for window, own in zip(found.windows, found.own, strict=True):
        assert window[own + 3 : -1] == tuple(every[-LONGEST_BEFORE:])


def test_a_word_that_is_no_word_fills_one_window_at_most() -> None:
    found = ask("☂☃" * 300 + " look")
    assert max(found.own) <= LONGEST_TEXT
    assert len(found.ends) == 2


def test_answers_come_in_the_order_of_the_texts_however_they_are_batched() -> None:
    trained = model.load().encoder
    texts = [ask(text) for text in TEXTS * 9]
    assert sum(len(window) for each in texts for window in each.windows) > 2 * BATCH
    together = trained.outputs(texts)
    for text, found in zip(texts, together, strict=True):
        (alone,) = trained.outputs([text])
        assert len(found) == text.ends[-1]
        assert found == pytest.approx(alone, abs=0.01)


def test_nothing_asked_gets_no_answers() -> None:
    assert len(model.load().encoder.outputs([])) == 0


def test_each_label_has_its_numbers() -> None:
    trained = model.load()
    known = trained.calibration
    for numbers in (trained.heads.intercept, known.offset, known.threshold, known.sure):
        assert numbers.shape == (len(trained.labels),)
    assert ((known.threshold > 0) & (known.threshold <= known.sure) & (known.sure < 1)).all()


def test_both_readers_count() -> None:
    known = model.load().calibration
    assert min(known.of_encoder, known.of_heads) > 0.2


def test_it_is_loaded_in_under_half_a_second_of_work() -> None:
    def loading() -> float:
        began = time.process_time()
        model._loaded.__wrapped__()
        return time.process_time() - began

    assert min(loading() for _ in range(3)) < 0.5


def test_it_is_small() -> None:
    folder = resources.files(model.__package__ or "")
    assert sum(len(folder.joinpath(name).read_bytes()) for name in FILES) < 40_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in other units elsewhere")
def test_it_adds_under_180_megabytes_of_memory() -> None:
    program = """
import resource
import numpy
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
from apego.listening.reader import Said, read_all
read_all([Said("You sang to her, and she looked up at you. What was that like?")] * 300)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(ran.stdout) < 180_000


def test_it_leaves_no_number_of_the_machine_and_no_log_behind(tmp_path: Path) -> None:
    """onnxruntime 1.32 writes both, to send them off, unless it is told not to before it is loaded."""
    program = 'from apego.listening.reader import read; print(read("What did she do next?").labels)'
    alone = {"HOME": str(tmp_path), "TMPDIR": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    environment = {**alone, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
    )
    assert "open_question" in ran.stdout
    assert list(tmp_path.rglob("*")) == []
