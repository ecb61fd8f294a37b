"""The formats together: one shape, told apart by content, each library loaded only where it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from apego.listening import formats
from apego.listening.formats.source import Source

HEAVY = ("docx", "lxml", "pympi", "praatio", "rustling", "zipfile", "numpy")
BEGINNINGS = {
    "vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nHola",
    "srt": "1\n00:00:01,000 --> 00:00:02,000\nHola",
    "chat": "@UTF8\n@Begin\n*MOT:\thola .\n@End",
    "elan": '<?xml version="1.0" encoding="UTF-8"?>\n<ANNOTATION_DOCUMENT></ANNOTATION_DOCUMENT>',
    "textgrid": 'File type = "ooTextFile"\nObject class = "TextGrid"\n',
    "lena": '<?xml version="1.0"?>\n<ITS></ITS>',
    "whisperx": '{"segments": []}',
    "table": "speaker,text\nAna,Hola",
    "text": "Ana: Hola",
}


@pytest.mark.parametrize("name", formats.FORMATS)
def test_a_format_has_suffixes_in_small_letters_that_no_other_has(name: str) -> None:
    others = {
        suffix
        for other in formats.FORMATS
        if other != name
        for suffix in formats.format_named(other).SUFFIXES
    }
    own = formats.format_named(name).SUFFIXES
    assert own
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in own)
    assert others.isdisjoint(own)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", BEGINNINGS)
def test_a_file_is_known_by_its_content_under_any_name(name: str, encoding: str) -> None:
    source = Source("visit.txt", BEGINNINGS[name].encode(encoding))
    assert next(each for each in formats.FORMATS if formats.format_named(each).fits(source)) == name


def test_reading_webvtt_loads_no_library_of_another_format() -> None:
    program = (
        "import sys; from apego.listening import formats;"
        "formats.read_data(b'WEBVTT\\n\\n00:01.000 --> 00:02.000\\n<v Ana>Hola', 'v.vtt');"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert loaded.strip() == "[]"
