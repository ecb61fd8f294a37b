"""`python -m apego` is the command `apego`."""

from __future__ import annotations

from apego.command import main

if __name__ == "__main__":
    main()
