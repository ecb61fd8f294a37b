"""The Markdown of lessons as HTML. Lessons may be a program's own, so nothing of it is trusted: no HTML and no
picture stands, a link leads to the web alone and tells it nothing of where it was followed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

TRY = "#try-"  # leads to a small practice of the same lesson


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a lesson: its HTML, or the id of the small practice that stands there."""

    html: str = ""
    small_practice: str = ""


def pieces(markdown: str, address_of: Callable[[str], str]) -> list[Piece]:
    """Give a part of a lesson as HTML, parted where a small practice stands in a paragraph of its own.

    `address_of` gives the address of a small practice, for a link to one from within a sentence.
    """
    tokens = _reader().parse(markdown)
    found: list[Piece] = []
    begun = 0
    for at, token in enumerate(tokens):
        if token.type == "inline" and token.level == 1 and (alone := _alone(token)):
            found.append(_drawn(tokens[begun : at - 1], address_of))
            found.append(Piece(small_practice=alone))
            begun = at + 2
    found.append(_drawn(tokens[begun:], address_of))
    return [piece for piece in found if piece.html or piece.small_practice]


def headings(markdown: str) -> list[tuple[str, str]]:
    """Give each heading of a part: its anchor on the page, its words."""
    tokens = _reader().parse(markdown)
    return [(slugify(words), words) for _, words in _headings(tokens)]


def _drawn(tokens: Sequence[Token], address_of: Callable[[str], str]) -> Piece:
    for heading, words in _headings(tokens):
        heading.attrSet("id", slugify(words))
    reader = _reader()
    html = reader.renderer.render(tokens, reader.options, {"address_of": address_of})
    return Piece(mark_safe(html))  # noqa: S308 - html is off, and every link is looked at below


def _headings(tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    for token, inside in pairwise(tokens):
        if token.type == "heading_open":
            yield token, "".join(child.content for child in inside.children or () if child.content)


def _alone(inline: Token) -> str:
    """Give the id of the small practice to which a paragraph leads that is one link and nothing else."""
    children = inline.children or []
    if len(children) < 2 or children[0].type != "link_open" or children[-1].type != "link_close":
        return ""
    if sum(child.type == "link_open" for child in children) > 1:
        return ""
    target = str(children[0].attrGet("href") or "")
    return target.removeprefix(TRY) if target.startswith(TRY) else ""


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_inline", "html_block"])
    reader.validateLink = lambda url: bool(re.match(r"https?://[^\s]", url)) or url.startswith(TRY)  # type: ignore[method-assign]
    reader.add_render_rule("link_open", _link)
    return reader


def _link(
    self: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    token = tokens[at]
    target = str(token.attrGet("href") or "")
    if target.startswith(TRY):
        token.attrSet("href", env["address_of"](target.removeprefix(TRY)))
    else:
        token.attrSet("rel", "noreferrer")
    return self.renderToken(tokens, at, options, env)
