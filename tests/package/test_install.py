"""The wheel, installed elsewhere, does its main job in both languages."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from apego.practice.content import LANGUAGES, Language
from apego.practice.sentences import say

ROOT = Path(__file__).resolve().parents[2]
WHEEL_MB = 40
INSTALLED_MB = 250

pytestmark = pytest.mark.package


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip"] if _has_pip() else ["uv", "pip"]
    command = [*pip, "wheel"] if pip[0] != "uv" else ["uv", "build", "--wheel", "--out-dir", str(folder)]
    if pip[0] != "uv":
        command += ["--quiet", "--no-deps", "--wheel-dir", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True)
    return next(folder.glob("apego-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin" / "pip", "install", "--quiet", str(wheel)], check=True)
    return folder


def test_the_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size < WHEEL_MB * 1_000_000


def test_installed_with_everything_it_needs_it_is_small(installed: Path) -> None:
    own = [p for p in installed.rglob("*") if p.is_file() and not {"pip", "setuptools"} & set(p.parts)]
    assert sum(path.stat().st_size for path in own) < INSTALLED_MB * 1_000_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demo_runs_far_from_the_checkout(installed: Path, tmp_path: Path, language: Language) -> None:
    environment = {
        **os.environ,
        "LC_ALL": f"{language}_US.UTF-8",
        "PYTHONWARNINGS": "error",
        "PYTHONUTF8": "1",
    }
    command = [str(installed / "bin" / "apego"), "demo"]
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    heading = say("reflection.heading-efforts", language)
    assert ran.returncode == 0, ran.stderr
    assert heading in ran.stdout
    assert heading in (tmp_path / "apego-demo.html").read_text(encoding="utf-8")


def _has_pip() -> bool:
    return (
        subprocess.run(
            [sys.executable, "-m", "pip", "--version"], capture_output=True, check=False
        ).returncode
        == 0
    )
