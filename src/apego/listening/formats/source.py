"""One file as it came: its name, its bytes, and the text that they hold.

What the text means is the subject of the formats beside this module. Here stand only
the letters (which encoding, which line ends) and the bounds that every XML format shares.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import PurePath

from apego.listening.transcript import Repair, TranscriptUnreadable

HEAD_BYTES = 8_192

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(r"<!(?:DOCTYPE|ENTITY)")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_UNDECODED = "\ufffd"


@dataclass(frozen=True, slots=True)
class Source:
    """A file's name (without its folder) and its bytes.

    >>> Source("visit.txt", "Mamá: Mire.\\r\\n".encode("cp1252")).text()[0]
    'Mamá: Mire.\\n'
    """

    name: str
    data: bytes

    @property
    def suffix(self) -> str:
        """The end of the name in small letters: `.vtt`; empty where the name has none."""
        return PurePath(self.name).suffix.lower()

    @property
    def head(self) -> str:
        """The beginning of the text, for `fits`: a few thousand signs, decoded in microseconds."""
        return _decoded(self.data[:HEAD_BYTES], is_whole=len(self.data) <= HEAD_BYTES)[0]

    def text(self) -> tuple[str, tuple[Repair, ...]]:
        """Give the text with plain line ends, and what had to be guessed or mended to get it.

        UTF-8 and UTF-16 are known by their mark or their shape. What is neither is taken for
        cp1252, the letters of Windows in English and Spanish, unless most of its letters are
        good UTF-8: then the few bad bytes become `\N{REPLACEMENT CHARACTER}`.

            >>> text, repairs = Source("visit.txt", b"Mam\\xe1: Mire.").text()
            >>> repairs[0].code
            'transcripts.repair-letters-guessed'
        """
        return _decoded(self.data, is_whole=True)


def without_entities(source: Source) -> str:
    """Give the text of an XML file that declares no entities of its own.

    A few lines of nested entities unfold into gigabytes, and an outside entity reads other
    files; no program that writes transcripts needs either. Raises TranscriptUnreadable.
    """
    text, _ = source.text()
    if _DECLARED.search(text):
        raise TranscriptUnreadable("transcripts.xml-entities", name=source.name)
    return text


def _decoded(data: bytes, is_whole: bool) -> tuple[str, tuple[Repair, ...]]:
    encoding, data = _encoding_of(data)
    # A head may be cut in the middle of a letter: an incremental decoder keeps that for later.
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        return _plain_lines(decoder.decode(data, final=is_whole)), ()
    except UnicodeDecodeError:
        text, repair = _mended(data, encoding)
        return _plain_lines(text), (repair,)


def _encoding_of(data: bytes) -> tuple[str, bytes]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, data[len(mark) :]
    head = data[:HEAD_BYTES]
    # UTF-16 of Latin letters has a zero in every second byte; no other text has zeros.
    zeros_even, zeros_odd = head[::2].count(0), head[1::2].count(0)
    if zeros_odd * 4 > len(head) and zeros_even * 8 < len(head):
        return "utf-16-le", data
    if zeros_even * 4 > len(head) and zeros_odd * 8 < len(head):
        return "utf-16-be", data
    return "utf-8", data


def _mended(data: bytes, encoding: str) -> tuple[str, Repair]:
    lenient = data.decode(encoding, errors="replace")
    bad = lenient.count(_UNDECODED)
    good = len(_BEYOND_ASCII.findall(lenient)) - bad
    if encoding == "utf-8" and good < bad:
        return data.decode("cp1252", errors="replace"), Repair(1, "transcripts.repair-letters-guessed")
    line = lenient.count("\n", 0, lenient.find(_UNDECODED)) + 1
    return lenient, Repair(line, "transcripts.repair-letters-lost", (("count", bad),))


def _plain_lines(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text
