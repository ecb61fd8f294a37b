"""What a browser says of itself, in words that its owner knows it by."""

from __future__ import annotations

from django.utils.translation import gettext as _

# The first mark that is found tells: an Edge also calls itself Chrome, and a Chrome Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def told(user_agent: str) -> str:
    """Give the browser and the machine.

    >>> told("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36")
    'Chrome, Android'
    >>> told("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1")
    'Safari, iPad'
    """
    parts = [next((name for mark, name in known if mark in user_agent), "") for known in (BROWSERS, MACHINES)]
    return ", ".join(part for part in parts if part) or _("Another device")
