"""A file sent whole or in the stretch that was asked for, so that a video can be sought in and starts at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase

AT_A_TIME = 256 * 1024
_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


def file_response(request: HttpRequest, path: Path, content_type: str) -> HttpResponseBase:
    """Give a file by HTTP's rules for ranges (RFC 9110, section 14): 200 whole, 206 a stretch, 416 none there.

    A request for several stretches at once gets the whole file, as the rules allow; so does one whose
    If-Range names another state of the file than the present one.
    """
    about = path.stat()
    size, tag = about.st_size, f'"{about.st_mtime_ns:x}-{about.st_size:x}"'
    if request.headers.get("If-None-Match") == tag:
        return _with_heads(HttpResponseNotModified(), tag)
    asked = _ONE_RANGE.fullmatch(request.headers.get("Range", "").strip())
    whole = not asked or not _is_range(*asked.groups()) or request.headers.get("If-Range", tag) != tag
    first, last = (0, size - 1) if whole or not asked else _stretch(asked[1], asked[2], size)
    if first > last and not whole:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return _with_heads(refused, tag)
    answer = StreamingHttpResponse(
        _read(path, first, last), status=200 if whole else 206, content_type=content_type
    )
    answer["Content-Length"] = str(last - first + 1)
    if not whole:
        answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    return _with_heads(answer, tag)


def _is_range(first: str, last: str) -> bool:
    """False of "-" alone and of a last byte before the first: the rules leave such a header aside."""
    return bool(last) if not first else not last or int(first) <= int(last)


def _stretch(first: str, last: str, size: int) -> tuple[int, int]:
    """Give the first and last byte; first behind last where there is none such."""
    if not first:  # "bytes=-500": the last five hundred
        return max(0, size - int(last)), size - 1 if int(last) else -1
    return int(first), min(int(last), size - 1) if last else size - 1


def _read(path: Path, first: int, last: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (some := file.read(min(AT_A_TIME, left))):
            left -= len(some)
            yield some


def _with_heads(answer: HttpResponseBase, tag: str) -> HttpResponseBase:
    answer["Accept-Ranges"] = "bytes"
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, max-age=3600"
    return answer
