"""The reflection as Markdown, for a note or a record that keeps plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apego.listening.telling import Page, Told, ToldQuote
from apego.practice.sentences import say

SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def markdown(page: Page) -> str:
    """Give the page as Markdown; signs of Markdown in people's words are escaped."""
    return "\n".join(_lines(page)).rstrip() + "\n"


def _lines(page: Page) -> Iterator[str]:
    yield from (f"# {page.title}", "", _plain(page.source), "", f"*{page.private}*", "")
    yield from (f"## {say('reflection.heading-moment', page.language)}", "")
    yield from _told(page.moment) if page.moment else (page.silence, "")
    for part in page.parts:
        yield from (f"## {part.heading}", "")
        if part.silence:
            yield from (part.silence, "")
        for group in part.groups:
            if group.name:
                yield from (f"### {group.name}", "")
            if group.note:
                yield from (group.note, "")
            for told in group.told:
                yield from _told(told)
    yield from (f"## {say('reflection.heading-wonder', page.language)}", "")
    yield from _told(page.question)
    if page.focus:
        yield from (f"## {say('reflection.heading-focus', page.language)}", "", f"**{page.focus.says}**", "")
        yield from _told(page.focus.grows)
        yield from (say("reflection.focus-others", page.language), "")
        yield from (f"- {other}" for _, other in page.focus.others)
        yield ""


def _told(told: Told) -> Iterator[str]:
    yield from (told.says, "")
    for quote in told.quotes:
        yield from (f"> {_quoted(quote)}  ", f"> {_plain(quote.signed)}", "")


def _quoted(quote: ToldQuote) -> str:
    pieces = [f"*{_plain(piece)}*" if is_act else _plain(piece) for piece, is_act in quote.pieces]
    return " ".join(pieces) + (" …" if quote.is_cut else "")


def _plain(text: str) -> str:
    return SIGNS.sub(r"\\\1", " ".join(text.split()))
