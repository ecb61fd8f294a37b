"""What is written for people holds: commands exist, links lead somewhere, nothing is left out."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from apego import __version__
from apego.command import COMMANDS
from apego.listening import formats

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
DEV = (ROOT / "dev").read_text(encoding="utf-8")
BENCHES = {path.stem for path in (ROOT / "benchmark").glob("*.py")}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_developer_command_named_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for command in re.findall(r"\./dev (\w+)", text):
        assert re.search(rf"^  {command}\)", DEV, re.MULTILINE), command
    for bench in re.findall(r"\./dev bench ([a-z]+)", text):
        assert bench in BENCHES, bench


def test_every_subcommand_is_told_in_the_readme() -> None:
    told = " ".join(re.findall(r"^\| `.*", README, re.MULTILINE))
    for command in COMMANDS:
        assert re.search(rf"`(?:apego )?{command}\b", told), command


@pytest.mark.parametrize(
    "name", ["WebVTT", "SRT", "plain text", "Word", "CSV", "whisperX", "CHAT", "ELAN", "TextGrid", "LENA"]
)
def test_every_format_is_told_in_the_readme(name: str) -> None:
    assert name in README
    assert len(formats.FORMATS) == 10


def test_what_changed_names_this_version() -> None:
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_dependency_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    wanted = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    for dependency in wanted:
        assert re.search(rf'"{re.escape(dependency)}",\s*# \w', text), dependency
