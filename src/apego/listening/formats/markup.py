"""XML as ELAN and LENA write it, element by element, read past what is broken.

lxml in its forgiving mode, without entities, outside files or the network. pympi reads
ELAN too, but gives up a whole file for one broken sign, and says no line. What the
elements mean is the subject of the formats beside this module.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from apego.listening.transcript import Repair

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CUT_OFF = "Premature end"  # what libxml2 says where a file breaks off
MOST_REPAIRS = 50


def line_of(element: Element) -> int:
    """Give the line on which an element begins, or 0 where the parser lost count."""
    return cast("int | None", element.sourceline) or 0


def elements(text: str, tags: tuple[str, ...], repairs: list[Repair]) -> Iterator[Element]:
    """Give the elements with these tags, each when it ends; then say in `repairs` which lines were broken.

        >>> mended: list[Repair] = []
        >>> [each.get("n") for each in elements('<a><b n="1">&x;</b><b n="2"/>', ("b",), mended)]
        ['1', '2']
        >>> [repair.code for repair in mended]
        ['transcripts.repair-markup', 'transcripts.repair-cut-off']

    An element is emptied when the next one is asked for, so that a day of segments fits in memory.
    """
    from lxml import etree  # a compiled library: loaded only for such a file

    parser = etree.iterparse(
        io.BytesIO(text.encode("utf-8", "replace")),
        events=("end",),
        tag=tags,
        encoding="utf-8",  # whatever the first line declares: the text has been decoded
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    try:
        for _, element in parser:
            yield element
            element.clear()
    except etree.XMLSyntaxError:
        pass  # not one element; the log says why
    broken = {(fault.line, CUT_OFF in fault.message) for fault in parser.error_log}
    for line, is_end in sorted(broken)[:MOST_REPAIRS]:
        repairs.append(Repair(line, "transcripts.repair-cut-off" if is_end else "transcripts.repair-markup"))
