"""People in the order of a directory: Étienne stands with the E, whatever the database's locale."""

import unicodedata

from django.db.models import Func, TextField


class Plain(Func):
    """A text without accents or capitals, written by PostgreSQL alone: no locale is needed."""

    function = "normalize"
    template = (
        "lower(regexp_replace(%(function)s(%(expressions)s, NFKD), '[\\u0300-\\u036f]', '', 'g'))"
    )
    output_field = TextField()


def plain(name):
    """The same order for names already read."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in letters if not unicodedata.combining(sign)).lower()
