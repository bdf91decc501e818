from django.core.files.base import ContentFile

from reviews.copies.models import BlindCopy, CopyRuling
from tests.access.scenes.evaluations import scene
from tests.factories import make_staff


def copied(state):
    """A file of the reviewer’s dossier: `withheld` until somebody looks, `shown` by an officer, or
    one no copy could be made of (`none`)."""
    cast = scene("draft")
    copy = BlindCopy(document=cast.document, verdict="no_text", checked_for="0" * 64, size=9)
    if state == "none":
        copy.verdict, copy.size = "broken", 0
    else:
        copy.file.save("copie.pdf", ContentFile(b"%PDF-1.7\n"), save=False)
    copy.save()
    if state == "shown":
        officer = make_staff(cast.call.programme, "officer")
        CopyRuling.objects.create(copy=copy, shows=True, reason="Un four.", by=officer)
    return cast, [copy.pk], {"act": "show", "reason": "Un four, rien d’autre."}


def call(state):
    cast, _args, fields = copied(state)
    return cast, [cast.call.pk], fields


SCENES = {"copies:call": call, "copies:copy": copied, "copies:file": copied, "copies:rule": copied}
