"""Clock times as transcripts write them, in whole milliseconds, and back.

WebVTT reads its own time lines with one expression for a whole file; this is for the
formats where a time may stand anywhere in a line or a cell.
"""

from __future__ import annotations

import re

CLOCK = r"(?:\d{1,4}:)?\d{1,3}:\d{1,2}(?:[.,]\d{1,9})?"
RANGE = rf"({CLOCK})(?:\s*(?:-+>|[-–—,]|to|a|hasta)\s*({CLOCK}))?"

_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,9}))?\Z")
_NUMBER = re.compile(r"(\d{1,12})(?:[.,](\d{1,12}))?\s*s?\Z")


def milliseconds(text: str) -> int | None:
    """Give a clock time in milliseconds, or None where it is none.

        >>> milliseconds("1:02:03.5"), milliseconds("02:03,045"), milliseconds("soon")
        (3723500, 123045, None)

    A fraction is cut to milliseconds, as players do.
    """
    found = _CLOCK.match(text.strip())
    return of_parts(found[1], found[2], found[3], found[4]) if found else None


def of_parts(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> int:
    """Give the milliseconds of the parts of a clock time.

    >>> of_parts(None, "1", "2", "5")
    62500
    """
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + (int(fraction[:3].ljust(3, "0")) if fraction else 0)


def of_seconds(text: str) -> int | None:
    """Give a number of seconds, with a point or a comma, in milliseconds; None where it is none.

        >>> of_seconds("12.3456"), of_seconds("7,5"), of_seconds("-1")
        (12346, 7500, None)

    The nearest millisecond, since a program wrote more digits than it meant.
    """
    found = _NUMBER.match(text.strip())
    return round(float(f"{found[1]}.{found[2] or 0}") * 1000) if found else None


def clock(milliseconds: int) -> str:
    """Give the time as WebVTT writes it.

    >>> clock(3_723_500)
    '01:02:03.500'
    """
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{rest:03}"
