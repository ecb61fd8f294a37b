"""The reflection on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from apego.listening.telling import Page, Told, ToldQuote
from apego.listening.transcript import Role
from apego.practice.sentences import say

COLOURS = {Role.VISITOR: "dark_orange3", Role.PARENT: "green4", Role.CHILD: "orange4"}


def terminal(page: Page) -> RenderableType:
    """Give the page as a rich renderable; a console that is piped prints it without colour."""
    return Group(*_blocks(page))


def _blocks(page: Page) -> Iterator[RenderableType]:
    yield Text(f"{page.title} · {page.source}", style="bold")
    yield Text(page.private, style="dim")
    yield from _heading(say("reflection.heading-moment", page.language))
    yield from _told(page.moment) if page.moment else (Text(page.silence),)
    for part in page.parts:
        yield from _heading(part.heading)
        if part.silence:
            yield Text(part.silence)
        for group in part.groups:
            if group.name:
                yield Text(f"\n{group.name}", style="bold")
            if group.note:
                yield Text(group.note, style="dim")
            for told in group.told:
                yield from _told(told)
    yield from _heading(say("reflection.heading-wonder", page.language))
    yield from _told(page.question)
    if page.focus:
        yield from _heading(say("reflection.heading-focus", page.language))
        yield Text(page.focus.says, style="bold")
        yield from _told(page.focus.grows)
        yield Text(say("reflection.focus-others", page.language))
        yield from (Text(f"  · {other}") for _, other in page.focus.others)


def _heading(text: str) -> Iterator[RenderableType]:
    yield Text(f"\n{text}\n", style="bold underline")


def _told(told: Told) -> Iterator[RenderableType]:
    yield Text(told.says)
    for quote in told.quotes:
        yield Padding(_quote(quote), (0, 0, 0, 2))


def _quote(quote: ToldQuote) -> Text:
    said = Text(style=COLOURS.get(quote.role, ""))
    for piece, is_act in quote.pieces:
        said.append(f"{piece} ", style="italic" if is_act else "")
    return said.append("… " if quote.is_cut else "").append(f" {quote.signed}", style="dim")
