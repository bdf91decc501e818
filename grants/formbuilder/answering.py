"""The questions of a section as a Django form: for its applicant, and for a preview."""

from django import forms

from grants.formbuilder.definition import UNTYPED
from grants.formbuilder.fields import AnswerField, bound_value, text_in


class SectionForm(forms.Form):
    """The open questions of a section, always bound: to what is stored, or to what was typed."""

    use_required_attribute = False

    def __init__(self, section, typed=None):
        self.replies = {
            reply.question.key: reply
            for reply in section.replies
            if reply.is_asked and reply.question.kind not in UNTYPED
        }
        stored = {key: bound_value(r.question, r.text) for key, r in self.replies.items()}
        super().__init__(data=stored if typed is None else typed)
        for key, reply in self.replies.items():
            self.fields[key] = AnswerField(reply.question)
        self.forgive(section)
        for key in self.errors:
            attrs = self.fields[key].widget.attrs
            attrs["class"] = f"{attrs.get('class', '')} is-invalid".strip()

    def forgive(self, section):
        """A question that is not asked has no error, whatever was typed there."""
        for reply in section.replies:
            if reply.is_hidden:
                self.errors.pop(reply.question.key, None)

    def texts(self):
        """Key → text, as they travel and are stored."""
        return {key: text_in(self[key].data) for key in self.fields}

    def versions(self):
        """Key → the version its author saw; what is not a number was never seen."""
        told = {key: self.data.get(f"version-{key}", "") for key in self.fields}
        return {key: number_in(text) for key, text in told.items()}


def number_in(text):
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
