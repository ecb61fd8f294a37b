"""Search by name. It is asked by POST, so that no name stands in an address, a history or a server's log."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from apego.records.search import MOST
from apego.records.search import search as found_by
from apego.web.requests import Asked


def search(request: Asked) -> HttpResponse:
    words = request.POST.get("q", "")[:80]
    found = found_by(request.user, words)
    template = "apego/search/found.html" if request.htmx else "apego/search/search.html"
    return render(request, template, {"words": words, "found": found, "most": MOST})
