"""A program's Markdown is trusted with nothing."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from apego.web.prose import headings, pieces


def drawn(markdown: str) -> str:
    return "".join(piece.html for piece in pieces(markdown, lambda id: f"/try/{id}/"))


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](data:text/html,x)",
        "[a](//elsewhere.example/)",
        "[a](/en/people/)",
        "![a](https://elsewhere.example/x.png)",
        "<javascript:alert(1)>",
        '<https://a.example/"onmouseover=alert(1)>',
        "[a]: javascript:alert(1)\n\n[a]",
    ],
)
def test_no_script_and_no_picture_stands(markdown: str) -> None:
    found: list[tuple[str, str | None]] = []

    class Read(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend((f"{tag} {name}", value) for name, value in attrs or [("", None)])

    Read().feed(drawn(markdown))
    assert {name for name, _ in found} <= {"p ", "a href", "a rel"}
    assert all((value or "").startswith("https://") for name, value in found if name == "a href")


def test_a_link_to_a_small_practice_within_a_sentence_leads_there() -> None:
    assert '<a href="/try/back/">try</a>' in drawn("You may [try](#try-back) this.")


def test_a_small_practice_in_a_paragraph_of_its_own_parts_the_text() -> None:
    found = pieces("One.\n\n[Try](#try-back)\n\nTwo.", str)
    assert [piece.small_practice or str(piece.html).strip() for piece in found] == [
        "<p>One.</p>",
        "back",
        "<p>Two.</p>",
    ]


def test_a_heading_can_be_linked_to() -> None:
    assert headings("## Escuchar *de verdad*\n\nSí.") == [("escuchar-de-verdad", "Escuchar de verdad")]
    assert '<h2 id="escuchar-de-verdad">' in drawn("## Escuchar *de verdad*")
