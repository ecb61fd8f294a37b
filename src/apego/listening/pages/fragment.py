"""The reflection as one HTML fragment: no style attributes, no script, no request to anywhere."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from apego.listening.telling import Page
from apego.practice.sentences import sentences


def fragment(page: Page) -> str:
    """Give the page as an `<article>` that any page may hold. What people said is escaped."""
    words = {key.replace("-", "_"): text[page.language] for key, text in sentences("reflection").items()}
    return _template().render(page=page, words=words)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("apego.listening.pages", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("reflection.html")
