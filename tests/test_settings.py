"""docs/settings.md is held to the code: each setting, its default and what it is for, in the order of the code."""

from __future__ import annotations

import re
from pathlib import Path

from apego.environment import SETTINGS

PAGE = (Path(__file__).parents[1] / "docs/settings.md").read_text(encoding="utf-8")
SOURCE = Path(__file__).parents[1] / "src/apego"


def test_the_page_tells_every_setting_as_the_code_does() -> None:
    told = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+) \|$", PAGE, re.MULTILINE)
    assert told == [
        (setting.name, f"`{setting.default}`" if setting.default else "–", setting.about)
        for setting in SETTINGS
    ]


def test_nothing_else_of_ours_is_read_from_the_environment() -> None:
    read = {
        name
        for path in SOURCE.rglob("*.py")
        for name in re.findall(r"\b(?:APEGO_[A-Z_]+|DATABASE_URL)\b", path.read_text(encoding="utf-8"))
    }
    assert read <= {setting.name for setting in SETTINGS}
