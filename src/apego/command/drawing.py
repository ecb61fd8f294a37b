"""A reflection in the format that was asked for."""

from __future__ import annotations

import io
import json
import sys
from typing import Literal, get_args

import click
from rich.console import Console

from apego.listening.pages.sheet import sheet
from apego.listening.reflection import Reflection
from apego.listening.telling import tell
from apego.practice.content import Language

Format = Literal["text", "html", "md", "json", "csv"]
FORMATS: tuple[Format, ...] = get_args(Format)
BY_SUFFIX: dict[str, Format] = {".html": "html", ".htm": "html", ".md": "md", ".json": "json", ".csv": "csv"}
WIDTH = 88


def drawn(reflection: Reflection, language: Language, form: Format) -> str:
    """Draw a reflection. What a drawing needs is loaded only when it is asked for."""
    if form == "text":
        text = io.StringIO()
        _print(reflection, language, Console(file=text, width=WIDTH, no_color=True))
        return text.getvalue()
    page = tell(reflection, language)
    if form == "html":
        from apego.command.page import page_of

        return page_of(page)
    if form == "md":
        from apego.listening.pages.markdown import markdown

        return markdown(page)
    from apego.listening.pages.document import document, rows

    if form == "json":
        return json.dumps(document(reflection, page), ensure_ascii=False, indent=1) + "\n"
    return sheet([("measure", "who", "value", "n"), *rows(reflection)])


def show(reflection: Reflection, language: Language, form: Format) -> None:
    """Draw a reflection on standard output; colours only where that is a terminal."""
    if form == "text":
        _print(reflection, language, Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False))
    else:
        click.echo(drawn(reflection, language, form), nl=False)


def _print(reflection: Reflection, language: Language, console: Console) -> None:
    from apego.listening.pages.terminal import terminal

    console.print(terminal(tell(reflection, language)))
