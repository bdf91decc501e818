"""How forms of ours are laid out: the page writes the form tag and its buttons."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout


def untagged(*parts):
    """The fields alone, in the order of `parts` or, without any, of the form."""
    helper = FormHelper()
    helper.form_tag = False
    if parts:
        helper.layout = Layout(*parts)
    return helper


def part(title, *fields):
    """Fields under a heading."""
    return Fieldset(title, *fields, css_class="part")
