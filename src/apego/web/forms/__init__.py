"""Forms, one file a noun. A form cleans what was typed into what an action takes; it saves nothing."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Fields as Apego draws them: label, help, the error beside the field, then the field."""

    field_template_name = "apego/_parts/field.html"
