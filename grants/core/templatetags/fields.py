"""A field of a form with its label, help and errors, written by Python in the letters of crispy.

A form asks it for every field: as a template, forty conditions and four includes each time. Files
and several inputs in one go the way of the template (`bootstrap5/any_field.html`).
"""

from crispy_forms.templatetags.crispy_forms_filters import optgroups
from django import forms, template
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from grants.core.rendering import attributes

register = template.Library()

UNUSUAL = (forms.FileInput, forms.MultiWidget)
CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)
# What a layout of crispy may ask beside: the template knows.
ASKED = ("field_class", "label_class", "inline_class", "flat_attrs")


@register.simple_tag(takes_context=True)
def written_field(context):
    field = context["field"]
    widget = field.field.widget
    if field.is_hidden:
        return str(field)
    if isinstance(widget, UNUSUAL) or any(context.get(name) for name in ASKED):
        return get_template("bootstrap5/any_field.html").render(context.flatten())
    errors = field.errors if context.get("form_show_errors") else ()
    wrapper = context.get("wrapper_class") or ""
    return SafeString(field_as_html(field, wrapper, errors))


@register.filter
def written(field):
    """The same as `|as_crispy_field`, for a field of a usual shape in a form without a helper."""
    return SafeString(field_as_html(field, "", field.errors))


@register.filter
def written_in_row(field):
    """One of several on a line: a small label, the control, what is wrong with it."""
    errors = "".join(
        f'<p class="invalid-feedback d-block" id="{field.auto_id}_error">'
        f"{conditional_escape(error)}</p>"
        for error in field.errors
    )
    return SafeString(
        f'<div><label class="form-label small" for="{field.id_for_label}">'
        f"{conditional_escape(field.label)}</label>{field}{errors}</div>"
    )


def field_as_html(field, wrapper, errors):
    widget = field.field.widget
    classes = "".join(f" {one}" for one in (wrapper, field.css_classes()) if one)
    identity = f'id="div_{field.auto_id}"'
    if isinstance(widget, forms.CheckboxInput):
        box = dressed(field, "form-check-input") + label(field, "form-check-label")
        return (
            f'<div class="mb-3"><div {identity} class="form-check{classes}">'
            f"{box}{below(field, errors)}</div></div>"
        )
    if isinstance(widget, CHOICES):
        inside = group(field, errors)
    else:
        shape = "form-select" if isinstance(widget, forms.Select) else "form-control"
        title = label(field, "form-label") if field.label else ""
        inside = title + dressed(field, shape) + below(field, errors)
    return f'<div {identity} class="mb-3{classes}">{inside}</div>'


def label(field, kind):
    return (
        f'<label for="{field.id_for_label}" class="{kind}{required(field)}">{title(field)}</label>'
    )


def required(field):
    return " requiredField" if field.field.required else ""


def title(field):
    star = '<span class="asteriskField">*</span>' if field.field.required else ""
    return conditional_escape(field.label) + star


def dressed(field, classes):
    """The control with its classes, put as `{% crispy_field %}` does: its kind, then these."""
    widget = field.field.widget
    if field.errors:
        classes += " is-invalid"
    kind, own = type(widget).__name__.lower(), widget.attrs.get("class", "")
    if kind not in own:
        own = f"{own} {kind}" if own else kind
    missing = [one for one in classes.split() if one not in own.split()]
    widget.attrs["class"] = " ".join([own, *missing])
    return str(field)


def group(field, errors):
    """Radio buttons or boxes to tick, with one legend for all of them."""
    shown = [choice for _group, choices, _index in optgroups(field) for choice in choices]
    last = len(shown) - 1
    lines = "".join(
        choice_line(field, choice, wrong(field, errors) if place == last else "")
        for place, choice in enumerate(shown)
    )
    inside = f"<div >{lines}</div>{help_text(field)}"
    if not field.label:
        return inside
    told = field.aria_describedby
    described = f' aria-describedby="{told}"' if told else ""
    return (
        f'<fieldset{described}><legend class="form-label{required(field)} fs-6">{title(field)}'
        f"</legend>{inside}</fieldset>"
    )


def choice_line(field, choice, told):
    invalid = " is-invalid" if field.errors else ""
    return (
        f'<div class="form-check"><input type="{choice["type"]}" '
        f'class="form-check-input{invalid}" name="{conditional_escape(field.html_name)}" '
        f'value="{conditional_escape(str(choice["value"]))}"{attributes(choice)}>'
        f'<label for="{conditional_escape(choice["attrs"].get("id", ""))}" '
        f'class="form-check-label">{conditional_escape(choice["label"])}</label>{told}</div>'
    )


def below(field, errors):
    """What is wrong with this field, then how to fill it."""
    return wrong(field, errors) + help_text(field)


def wrong(field, errors):
    if not errors:
        return ""
    lines = "".join(
        f'<p id="error_{place}_{field.auto_id}"><strong>{conditional_escape(error)}</strong></p>'
        for place, error in enumerate(errors, 1)
    )
    return f'<div id="{errors.field_id}_error" class="invalid-feedback">{lines}</div>'


def help_text(field):
    if not field.help_text:
        return ""
    identity = f'id="{field.auto_id}_helptext" ' if field.auto_id else ""
    return f'<div {identity}class="form-text">{field.help_text}</div>'
