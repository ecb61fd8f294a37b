"""How a topic of the first visit was said: the language, and whether somebody interpreted."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from apego.practice import first_visit, visiting
from apego.web.forms.choosing import offered


class SaidForm(forms.Form):
    language = forms.ChoiceField(label=_("Said in"), choices=offered(visiting.home_languages))
    interpreted = forms.BooleanField(label=_("Somebody interpreted"), required=False)
    topic = forms.ChoiceField(choices=offered(first_visit.topics), widget=forms.HiddenInput)
