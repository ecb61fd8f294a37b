from __future__ import annotations

import re
import tomllib
from itertools import product
from pathlib import Path

import pytest
from django.test import Client

from apego.records.models import Person, Program
from tests.people import client_of

WEB = Path(__file__).parents[2] / "src/apego/web"
STYLE = (WEB / "static/apego/base.css").read_text(encoding="utf-8")
PARTS = WEB / "templates/apego/_parts"
SHOWN = "".join(
    path.read_text(encoding="utf-8")
    for path in [
        *WEB.glob("templates/apego/components/*.html"),
        WEB / "templates/apego/base.html",
        *PARTS.glob("*.html"),
    ]
)

# ---- The page ----


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_of_the_parts_opens_in_both_languages(visitor: Person, language: str) -> None:
    answer = client_of(visitor).get(f"/{language}/components/")
    assert answer.status_code == 200
    assert "say." not in answer.content.decode()


def test_only_somebody_signed_in_sees_the_parts(program: Program) -> None:
    assert Client().get("/en/components/").status_code == 302


def test_every_word_of_the_page_stands_in_both_languages() -> None:
    samples = tomllib.loads((WEB / "components.toml").read_text(encoding="utf-8"))
    assert [key for key, told in samples.items() if set(told) != {"en", "es"} or not all(told.values())] == []


def test_every_word_of_the_page_is_there_and_every_one_is_used() -> None:
    samples = tomllib.loads((WEB / "components.toml").read_text(encoding="utf-8"))
    code = (WEB / "views/components.py").read_text(encoding="utf-8")
    page = (WEB / "templates/apego/components.html").read_text(encoding="utf-8")
    used = set(re.findall(r"say\.(\w+)", SHOWN + page)) | set(re.findall(r'"(\w+)"', code))
    asked = set(re.findall(r"say\.(\w+)", SHOWN + page)) | set(re.findall(r'say\["(\w+)"\]', code))
    assert sorted(samples.keys() - used) == []
    assert sorted(asked - samples.keys()) == []


@pytest.mark.parametrize("part", sorted(path.stem for path in PARTS.glob("*.html")))
def test_every_part_is_shown(part: str) -> None:
    drawn_by_forms = {"field"}
    assert part in drawn_by_forms or f'"apego/_parts/{part}.html"' in SHOWN


@pytest.mark.parametrize("path", sorted(WEB.glob("templates/**/*.html")), ids=lambda path: path.stem)
def test_no_template_has_a_style_or_a_script_of_its_own(path: Path) -> None:
    markup = re.sub(r"\{[%{].*?[%}]\}", "", path.read_text(encoding="utf-8"))
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(src=|application/json))", markup)


# ---- Colours: WCAG 2.2, 1.4.3 (4.5 for text) and 1.4.11 (3 for what a control is seen by) ----


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))


LIGHT, DARK = (colours(block) for block in re.findall(r":root \{(.*?)\n\s*\}", STYLE, re.S)[:2])
THEMES = {"light": LIGHT, "dark": LIGHT | DARK}


def brightness(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") < 4.5


GROUNDS = ("paper", "sheet", "rule", "line", "clay-wash", "leaf-wash", "sun-wash", "sky-wash")
TEXTS = [
    *product(("ink", "soft", "clay", "leaf", "sun", "sky"), GROUNDS),
    ("on-clay", "clay"),
    ("on-clay", "clay-deep"),
]
MARKS = [*product(("edge", "sky", "clay", "leaf", "sun"), ("paper", "sheet", "rule"))]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_is_read_easily_on_every_ground(theme: str, text: str, ground: str) -> None:
    assert contrast(THEMES[theme][text], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_the_edge_of_a_control_and_the_ring_of_focus_are_seen(theme: str, mark: str, ground: str) -> None:
    assert contrast(THEMES[theme][mark], THEMES[theme][ground]) >= 3
