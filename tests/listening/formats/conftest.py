"""Hypothesis without a deadline here: the first file of a kind also loads its content and its library."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
