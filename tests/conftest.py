"""What holds for every test: no clock of hypothesis's own, since machines differ."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("apego", deadline=None)
settings.load_profile("apego")
