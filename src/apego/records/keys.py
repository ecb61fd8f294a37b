"""The keys of an installation: made once, kept in files that only their owner reads."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet


def made_once(path: Path) -> str:
    """Give the secret that a file holds, making it first where there is none. Two processes get the same."""
    return _kept(path, secrets.token_urlsafe(50))


def sealing_keys(path: Path) -> list[str]:
    """Give the keys that seal words, newest first, one a line; the first start makes one."""
    return _kept(path, Fernet.generate_key().decode()).split()


def _kept(path: Path, fresh: str) -> str:
    if not path.exists():
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(fresh + "\n")
        # A link is made whole or not at all, and never over one that another process made first.
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="utf-8").strip()
