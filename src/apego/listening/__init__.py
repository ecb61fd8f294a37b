"""How words are read: transcripts in, findings out.

Pure functions. No web, no database, no clock, no network.
"""

from __future__ import annotations
