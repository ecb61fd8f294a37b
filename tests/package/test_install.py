"""The wheel, installed elsewhere, does its main job in both languages."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import venv
from pathlib import Path
from urllib.request import urlopen

import pytest

from apego.practice.content import LANGUAGES, Language
from apego.practice.sentences import say

ROOT = Path(__file__).resolve().parents[2]
WHEEL_MB = 40
INSTALLED_MB = 320  # the runtime of the reader's encoder is 78 of it: docs/decisions/0009

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
def test_it_reflects_far_from_the_checkout(installed: Path, tmp_path: Path, language: Language) -> None:
    visit = next(installed.glob("lib/*/site-packages/apego/command/demo/visit.vtt"))
    command = [str(installed / "bin" / "apego"), "reflect", str(visit), "--language", language]
    told = ran(command, tmp_path, language)
    ran([*command, "--out", "page.html"], tmp_path, language)
    heading = say("reflection.heading-efforts", language)
    assert heading in told
    assert heading in (tmp_path / "page.html").read_text(encoding="utf-8")


@pytest.mark.enable_socket
def test_the_demo_opens_with_its_people_and_leaves_nothing_behind(installed: Path, tmp_path: Path) -> None:
    command = [str(installed / "bin" / "apego"), "demo"]
    surroundings = {
        **environment("en"),
        "TMPDIR": str(tmp_path),
        "DATABASE_URL": "postgres://nobody@nowhere/real",
    }
    with subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        opened = next(line for line in demo.stdout if "http://" in line)
        with urlopen(opened.split()[-1], timeout=20) as page:  # noqa: S310 - of this machine
            assert "Ana Beltrán" in page.read().decode()
        assert list(tmp_path.iterdir()), "it works in a folder of its own"
        demo.send_signal(signal.SIGTERM)
        demo.wait(timeout=30)
    assert not list(tmp_path.iterdir())


def environment(language: Language) -> dict[str, str]:
    told = {"LC_ALL": f"{language}_US.UTF-8", "PYTHONWARNINGS": "error", "PYTHONUTF8": "1"}
    return {**os.environ, **told}


def ran(command: list[str], folder: Path, language: Language) -> str:
    done = subprocess.run(
        command, cwd=folder, env=environment(language), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _has_pip() -> bool:
    return (
        subprocess.run(
            [sys.executable, "-m", "pip", "--version"], capture_output=True, check=False
        ).returncode
        == 0
    )
