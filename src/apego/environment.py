"""Every setting that a program may make: its name in the environment, what it is without it, and what it does.

There is no settings file: what is not set has a default that is safe on one laptop. docs/settings.md
tells the same, and a test holds the two together.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: `name` in the environment, its `default`, and what it is for in one sentence."""

    name: str
    default: str
    about: str


SETTINGS = (
    Setting("APEGO_DATA", "", "The folder that holds everything kept. Without it: a folder of the user's own."),
    Setting("APEGO_ADDRESS", "127.0.0.1:8030", "Where the pages are served: host and port."),
    Setting("APEGO_HOSTS", "localhost,127.0.0.1,[::1]", "The names by which people reach it, with commas."),
    Setting("APEGO_HTTPS", "no", "`yes` where a proxy in front speaks HTTPS and says so in X-Forwarded-Proto."),
    Setting("APEGO_CERTIFICATE", "", "The file of a TLS certificate, for serving HTTPS without a proxy."),
    Setting("APEGO_CERTIFICATE_KEY", "", "The file of the certificate's private key."),
    Setting("APEGO_WEB_PROCESSES", "1", "How many processes serve pages. SQLite is at its best with one."),
    Setting("APEGO_WORKER_PROCESSES", "1", "How many processes work in the background, such as on reflections. One does for most programs."),
    Setting("APEGO_KEYS", "", "The keys that seal words, newest first, with commas. Without it: the file `keys` in APEGO_DATA."),
    Setting("APEGO_BACKUPS", "", "The folder where backups are kept, so that `apego doctor` can tell their age."),
    Setting("APEGO_LESSONS", "", "A folder of the program's own lessons, each in a folder of its own (docs/lessons.md)."),
    Setting("APEGO_DEMO", "no", "`yes` opens everybody's record to one click. Only `apego demo` sets it, for invented people."),
    Setting("DATABASE_URL", "", "postgres://user:password@host:port/name. Without it: SQLite in APEGO_DATA."),
)  # fmt: skip
DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


def value(name: str) -> str:
    """Give what the environment says of a setting, or its default.

    >>> value("APEGO_WEB_PROCESSES")
    '1'
    """
    return os.environ.get(name, "").strip() or DEFAULTS[name]


def values(name: str) -> list[str]:
    """Give a setting that is a list.

    >>> values("APEGO_HOSTS")
    ['localhost', '127.0.0.1', '[::1]']
    """
    return [part.strip() for part in value(name).split(",") if part.strip()]


def data_folder() -> Path:
    """Give the folder that holds everything kept: APEGO_DATA, or where this system keeps a user's data."""
    if named := value("APEGO_DATA"):
        return Path(named).expanduser()
    if windows := os.environ.get("LOCALAPPDATA"):
        return Path(windows) / "Apego"
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser() / "apego"
