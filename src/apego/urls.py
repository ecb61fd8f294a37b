"""Every page has its language in its address; what is no page has none."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView

from apego.web.views.feeds import calendar_feed

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="today")),
    path("calendar/<str:token>.ics", calendar_feed, name="calendar_feed"),
    *i18n_patterns(path("", include("apego.web.urls"))),
]
