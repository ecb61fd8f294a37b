"""What the server draws into a page: QR codes."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def qr(address: str) -> SafeString:
    """Give an address as a QR code, to stand in a page.

    Black on white in both themes: not every phone reads the inverse. Without a style attribute, since the
    pages' policy allows none; what stands in it is drawn from the address and holds no word of it.
    """
    drawn = segno.make(address, error="m", micro=False)
    return mark_safe(  # noqa: S308
        drawn.svg_inline(border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True)
    )
