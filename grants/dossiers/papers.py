"""A paper for its reader: typeset now, handed out as a file, or a sentence when it cannot be."""

import logging

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from grants.core.typesetting import CannotTypeset

log = logging.getLogger(__name__)


def handed_out(request, make, *, name, back):
    """The PDF `make()` gives, called `name`; without it, back to the page with the reason said."""
    try:
        pdf = make()
    except CannotTypeset as error:
        log.error("paper %s: %s", name, error)
        messages.error(
            request,
            _("Ce document n’a pas pu être mis en page. Son contenu reste lisible à l’écran."),
        )
        return redirect(back)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
