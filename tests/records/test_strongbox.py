from __future__ import annotations

import io
from io import BufferedReader

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.records import strongbox
from apego.records.strongbox import Filling, NotAStrongbox, Opening, WillNotOpen, about

PHRASE = "gato azul escalera nube"


@pytest.fixture(autouse=True, scope="module")
def _quick() -> object:
    patch = pytest.MonkeyPatch()
    patch.setattr(strongbox, "COST", 2**4)
    patch.setattr(strongbox, "PIECE", 64)
    yield
    patch.undo()


def filled(content: bytes) -> bytes:
    file = io.BytesIO()
    with Filling(file, PHRASE, {"made_at": "today"}) as box:
        box.write(content)
    return file.getvalue()


def opened(file: bytes, phrase: str = PHRASE) -> bytes:
    return BufferedReader(Opening(io.BytesIO(file), phrase)).read()


@given(st.binary(max_size=300))
def test_what_went_in_comes_out_and_cannot_be_read_meanwhile(content: bytes) -> None:
    file = filled(content)
    assert opened(file) == content
    if len(content) > 40:  # fewer bytes may stand in the header by chance
        assert content not in file


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 128, 129])
def test_every_length_around_a_piece_comes_back(size: int) -> None:
    assert opened(filled(b"x" * size)) == b"x" * size


def test_another_passphrase_opens_nothing() -> None:
    with pytest.raises(WillNotOpen):
        opened(filled(b"words"), "gato azul")


@pytest.mark.parametrize("cut", [1, 16, 80, 81, 100])
def test_a_file_that_was_cut_off_is_noticed(cut: int) -> None:
    with pytest.raises(WillNotOpen):
        opened(filled(b"x" * 200)[:-cut])


def test_a_piece_that_is_missing_or_moved_is_noticed() -> None:
    file = filled(b"a" * 64 + b"b" * 64 + b"c" * 10)
    start = file.index(b"\n", file.index(b"\n") + 1) + 1
    first, second, rest = file[start : start + 80], file[start + 80 : start + 160], file[start + 160 :]
    for changed in (first + rest, second + first + rest, first + second):
        with pytest.raises(WillNotOpen):
            opened(file[:start] + changed)


def test_a_changed_header_is_noticed() -> None:
    with pytest.raises(WillNotOpen):
        opened(filled(b"words").replace(b"today", b"later"))


def test_it_says_of_itself_what_is_no_secret() -> None:
    assert about(io.BytesIO(filled(b"words")))["made_at"] == "today"


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", strongbox.MAGIC, strongbox.MAGIC + b"[]\n", strongbox.MAGIC + b"{}\n"]
)
def test_another_file_is_no_strongbox(content: bytes) -> None:
    with pytest.raises(NotAStrongbox):
        opened(content)


def test_two_files_of_the_same_words_have_nothing_in_common() -> None:
    assert filled(b"words" * 20)[-50:] != filled(b"words" * 20)[-50:]
