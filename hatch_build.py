"""The Spanish of the pages, compiled as the package is built: no gettext is needed to install.

Each noun of the pages has its own file of sentences; all of them make one catalogue. `./dev` calls this
before every command, since an editable install is built once and the sentences change every day.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polib
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SPANISH = Path(__file__).parent / "src/apego/locale/es/LC_MESSAGES"


def compile_sentences(folder: Path = SPANISH) -> Path:
    """Write `django.mo` of every .po in the folder. Raises ValueError where two files differ on a sentence."""
    whole = polib.POFile(wrapwidth=110)
    whole.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Language": "es",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    said: dict[tuple[str, str | None], polib.POEntry] = {}
    for source in sorted(folder.glob("*.po")):
        for entry in polib.pofile(str(source), encoding="utf-8"):
            known = said.setdefault((entry.msgid, entry.msgctxt), entry)
            if (known.msgstr, known.msgstr_plural) != (entry.msgstr, entry.msgstr_plural):
                raise ValueError(f"{source.name}: {entry.msgid!r} has another Spanish in another file")
            if known is entry:
                whole.append(entry)
    compiled = folder / "django.mo"
    whole.save_as_mofile(str(compiled))
    return compiled


class Sentences(BuildHookInterface):  # type: ignore[type-arg]
    """Hatch's hook: compile, then carry the catalogue into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_sentences()


if __name__ == "__main__":
    compile_sentences()
