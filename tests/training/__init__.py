"""What training reads: the corpus and its split. How well it then reads, the benches measure."""

from __future__ import annotations
