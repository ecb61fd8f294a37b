"""What the pages of people draw."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from apego.web import drawing

register = template.Library()


@register.simple_tag
def qr(address: str) -> SafeString:
    return drawing.qr(address)
