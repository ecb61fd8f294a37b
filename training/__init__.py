"""How the reader is trained: `./dev train`. Needs scikit-learn, which the product does not."""

from __future__ import annotations
