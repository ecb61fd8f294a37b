"""Every sentence of the pages, and whether it has its Spanish.

`python -m tests.web.untranslated` prints what lacks.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import polib  # type: ignore[import-untyped]
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parents[2] / "src/apego"
SPANISH = SOURCE / "locale/es/LC_MESSAGES"
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
}  # fmt: skip


def sentences() -> Iterator[tuple[Path, str, str]]:
    """Give every English sentence of templates and Python in records and web: its file, itself, its plural."""
    for path in sorted(
        [*SOURCE.glob("records/**/*.py"), *SOURCE.glob("web/**/*.py"), *SOURCE.glob("web/**/*.html")]
    ):
        text = path.read_text(encoding="utf-8")
        # A template's lines are no Python; its sentences are found once no line is indented.
        code = "\n".join(map(str.lstrip, templatize(text).splitlines())) if path.suffix == ".html" else text
        for _, messages, *_rest in extract("python", io.BytesIO(code.encode()), keywords=KEYWORDS):
            one, many = (messages, messages) if isinstance(messages, str) else (messages[0], messages[-1])
            if one:
                yield path, one, many


def spanish() -> dict[str, polib.POEntry]:
    """Give the Spanish by its English, from every file of the catalogue."""
    return {entry.msgid: entry for po in sorted(SPANISH.glob("*.po")) for entry in polib.pofile(str(po))}


def lacking() -> list[str]:
    """Give the sentences without Spanish, and those whose Spanish lacks a slot."""
    known = spanish()
    missing = []
    for path, sentence, plural in sentences():
        entry = known.get(sentence)
        told = [entry.msgstr, *entry.msgstr_plural.values()] if entry else []
        told = [text for text in told if text]
        where = path.relative_to(SOURCE)
        if not told:
            missing.append(f"{where}: {sentence!r}")
        elif slots(plural) != slots(told[-1]):
            missing.append(f"{where}: {sentence!r}: other slots in Spanish")
    return sorted(set(missing))


def slots(sentence: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)", sentence))


def left_over() -> list[str]:
    """Give the Spanish that no page says."""
    said = {sentence for _, sentence, _ in sentences()}
    return sorted(spanish().keys() - said)


if __name__ == "__main__":
    if not settings.configured:
        settings.configure()
    print("\n".join(["without Spanish:", *lacking(), "", "said nowhere:", *left_over()]))
