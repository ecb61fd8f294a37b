"""Drawings of a lesson's scene: nothing in one may run, fetch, or lead elsewhere.

What may stand in a drawing is listed, and everything else is named to its author; a list of what
is dangerous would never be whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from lxml import etree

from apego.practice.gaps import Gap

SVG = "http://www.w3.org/2000/svg"
MOST_BRANCHES = 5_000  # a drawing with more is slow on an old phone
_SHAPES = "path rect circle ellipse line polyline polygon text tspan use"
_HOLDING = (
    "svg g defs symbol title desc metadata linearGradient radialGradient stop clipPath mask pattern style"
)
_SOFTENING = "filter feGaussianBlur feOffset feBlend feColorMatrix feMerge feMergeNode feFlood feComposite"
ELEMENTS = frozenset(f"{_SHAPES} {_HOLDING} {_SOFTENING}".split(" "))
# Entities unfold and reach outside; instructions to the reader (`<?xml-stylesheet`) fetch.
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\?(?!xml\s)", re.IGNORECASE)
_INSIDE = re.compile(r"#[\w.-]+")
_FETCHES = re.compile(
    r"@import|expression\s*\(|javascript:|data:|https?:|url\s*\(\s*['\"]?(?!#|['\"]?#)|\\", re.I
)


def drawing_gaps(file: str, data: bytes) -> Iterator[Gap]:
    """Give what may not stand in a drawing.

    >>> [gap.slots for gap in drawing_gaps("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>")]
    [(('line', 1), ('value', 'onload'))]
    """
    if _DECLARED.search(data):
        yield Gap(file, "", "lessons.gap-drawing")
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        yield Gap(file, "", "lessons.gap-drawing")
        return
    if root.tag != f"{{{SVG}}}svg":
        yield Gap(file, "", "lessons.gap-drawing")
        return
    for number, element in enumerate(root.iter("*")):
        if number == MOST_BRANCHES:
            yield Gap(file, "", "lessons.gap-drawing-many", (("most", MOST_BRANCHES),))
            return
        yield from (_part(file, element, value) for value in _strange(element))


def _strange(element: etree._Element) -> Iterator[str]:
    """Give the name of the element, or of each of its attributes, that may not be there."""
    name = etree.QName(element)
    if name.namespace != SVG or name.localname not in ELEMENTS:
        if not _of_the_drawing_program(name.namespace):
            yield f"<{name.localname}>"
        return
    if name.localname == "style" and (found := _FETCHES.search(element.text or "")):
        yield found[0]
    for key, value in element.attrib.items():
        attribute = etree.QName(key).localname
        if attribute.lower().startswith("on"):
            yield attribute
        elif attribute == "href" and not _INSIDE.fullmatch(str(value)):
            yield f"href {value!s:.40}"
        elif attribute != "href" and (found := _FETCHES.search(str(value))):
            yield found[0]


def _of_the_drawing_program(namespace: str | None) -> bool:
    """True of what Inkscape and others write about themselves; no browser reads it."""
    known = (
        "inkscape.org",
        "sodipodi.sourceforge.net",
        "w3.org/1999/02/22-rdf",
        "purl.org/dc",
        "creativecommons.org",
    )
    return namespace is not None and any(one in namespace for one in known)


def _part(file: str, element: etree._Element, value: str) -> Gap:
    return Gap(
        file, "", "lessons.gap-drawing-part", (("line", cast(int, element.sourceline)), ("value", value))
    )
