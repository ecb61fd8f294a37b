"""Speed, size and quality, measured by scripts that anyone can run: `./dev bench NAME`."""

from __future__ import annotations
