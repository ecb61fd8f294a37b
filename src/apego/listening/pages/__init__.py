"""A told reflection, drawn: as an HTML fragment, Markdown, terminal text, and data.

All of them draw the same `telling.Page`. None chooses a word, and none opens a file but its template.
"""

from __future__ import annotations
