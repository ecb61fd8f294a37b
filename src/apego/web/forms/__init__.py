"""Forms, one file a noun. A form cleans what was typed into what an action takes; it saves nothing."""

from __future__ import annotations

from django.forms import Field
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

# Django's own sentence gives an order; this one tells what is there. It stands here because each form says it.
Field.default_error_messages["required"] = _("This is still empty.")


class Renderer(TemplatesSetting):
    """Fields as Apego draws them: label, help, the error beside the field, then the field."""

    field_template_name = "apego/_parts/field.html"
