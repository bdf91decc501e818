"""Form controls written by Python instead of five nested templates each, in the same letters.

A section of a dossier has forty controls and Django reads three templates for each of them. Those
not known here (files, several inputs in one) go Django's way.
"""

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

FOLDER = "django/forms/widgets/"


def attributes(widget):
    return "".join(
        f" {name}" if value is True else f' {name}="{conditional_escape(str(value))}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def entry(widget):
    """Any `<input>`."""
    value = widget["value"]
    valued = "" if value is None else f' value="{conditional_escape(str(value))}"'
    name = conditional_escape(widget["name"])
    return f'<input type="{widget["type"]}" name="{name}"{valued}{attributes(widget)}>'


def option_entry(widget):
    """One radio button or tick box, in its label unless the page writes the label itself."""
    if not widget.get("wrap_label"):
        return entry(widget)
    target = widget["attrs"].get("id")
    held = f' for="{conditional_escape(target)}"' if target else ""
    return f"<label{held}>{entry(widget)} {conditional_escape(widget['label'])}</label>"


def textarea(widget):
    text = conditional_escape(widget["value"]) if widget["value"] else ""
    name = conditional_escape(widget["name"])
    # The first line break is not part of the text: a browser drops it.
    return f'<textarea name="{name}"{attributes(widget)}>\n{text}</textarea>'


def option(widget):
    value = conditional_escape(str(widget["value"]))
    label = conditional_escape(widget["label"])
    return f'<option value="{value}"{attributes(widget)}>{label}</option>'


def select(widget):
    name = conditional_escape(widget["name"])
    groups = "".join(
        grouped(group, "".join(f"\n  {option(choice)}" for choice in choices))
        for group, choices, _index in widget["optgroups"]
    )
    return f'<select name="{name}"{attributes(widget)}>{groups}\n</select>'


def grouped(name, options):
    if not name:
        return options
    return f'\n  <optgroup label="{conditional_escape(name)}">{options}\n  </optgroup>'


ENTRIES = ("checkbox", "color", "date", "datetime", "email", "hidden", "input", "number",
           "password", "search", "tel", "text", "time", "url")  # fmt: skip

WRITTEN = {
    **{f"{FOLDER}{kind}.html": entry for kind in ENTRIES},
    f"{FOLDER}checkbox_option.html": option_entry,
    f"{FOLDER}radio_option.html": option_entry,
    f"{FOLDER}textarea.html": textarea,
    f"{FOLDER}select.html": select,
}


class QuickRenderer(DjangoTemplates):
    def render(self, template_name, context, request=None):
        write = WRITTEN.get(template_name)
        if write is None:
            return super().render(template_name, context, request=request)
        return mark_safe(write(context["widget"]))  # noqa: S308 - every part is escaped above
