"""A reflection as a page that stands by itself: the fragment, a style, and nothing from elsewhere."""

from __future__ import annotations

from functools import cache
from importlib import resources

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from apego.listening.pages.fragment import fragment
from apego.listening.telling import Page


def page_of(page: Page) -> str:
    """Give the whole HTML page of a told reflection."""
    # The fragment has escaped what people said; the style is ours.
    body, style = Markup(fragment(page)), Markup(_text("page.css"))  # noqa: S704
    return _template().render(language=page.language, title=page.title, style=style, body=body)


@cache
def _template() -> Template:
    return Environment(autoescape=True, undefined=StrictUndefined).from_string(_text("page.html"))


@cache
def _text(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
