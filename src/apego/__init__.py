"""Apego: a companion for home visitors.

The rooms, each built on those before it: `apego.practice` (what the craft is), `apego.listening` (how words are
read), `apego.records` (what is kept and who may see it), `apego.web` (what people see and touch), `apego.demo` (the
invented program), `apego.command` (the command line).
"""

from __future__ import annotations

__version__ = "0.2.0"
