"""What is written when something breaks: where, never a family's words."""

from __future__ import annotations

import logging
import re
import traceback

SECRET = re.compile(
    r"[\w-]{37,}"
)  # longer than an id: the secret part of an invitation or a calendar address


class Quiet(logging.StreamHandler):  # type: ignore[type-arg]
    """A handler that tells of an exception its kind and its places in the code, and leaves its message out.

    Messages of exceptions may quote what somebody typed; places in the code cannot.
    """

    def format(self, record: logging.LogRecord) -> str:
        return SECRET.sub("…", self._told(record))

    def _told(self, record: logging.LogRecord) -> str:
        found = record.exc_info
        if not found or found[0] is None:
            return super().format(record)
        record.exc_info, record.exc_text = None, None
        places = "".join(
            f"\n  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(found[2])
        )
        line = f"{super().format(record)} [{found[0].__name__}]{places}"
        record.exc_info = found
        return line
