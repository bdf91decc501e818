"""Templates written by version; letters made in batches, where one that fails stops no other."""

import hashlib

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock
from grants.core.typesetting import CannotTypeset, typeset_many
from grants.dossiers import permissions as dossiers_may
from grants.letters import permissions as may
from grants.letters.composing import words
from grants.letters.kinds import Kind
from grants.letters.models import (
    DecisionLetter,
    FirstReading,
    LetterFailure,
    LetterTemplate,
    awaited,
)
from grants.letters.placeholders import faults
from grants.letters.starter import starter

PER_CHILD = 25
TEXTS = ("subject", "body", "remedies")


@transaction.atomic
def write_template(programme, kind, *, subject, body, remedies, version, actor):
    """Keep a new version; letters already made keep theirs. `version` is the one it was read at."""
    lock(programme)
    require(may.WRITE_TEMPLATES, actor, programme)
    current = current_template(programme, kind)
    if current.version != version:
        raise Refused(_("Une autre personne vient de changer ce modèle. Relisez sa version."))
    told = [sentence for text in (subject, body, remedies) for sentence in faults(text, kind)]
    if told:
        raise Refused(" ".join(told))
    texts = {"subject": subject, "body": body, "remedies": remedies}
    if texts == texts_of(current):
        raise Refused(_("Rien n’a changé : la version %(n)s reste en usage.") % {"n": version})
    return LetterTemplate.objects.create(
        programme=programme, kind=kind, version=version + 1, written_by=actor, **texts
    )


def current_template(programme, kind):
    """The version in use; the first time, the starter becomes version 1."""
    found = LetterTemplate.objects.filter(programme=programme, kind=kind).first()
    if found:
        return found
    made, _created = LetterTemplate.objects.get_or_create(
        programme=programme, kind=kind, version=1, defaults=starter(Kind(kind))
    )
    return made


def texts_of(template):
    return {name: getattr(template, name) for name in TEXTS}


def make_letters(decision_ids):
    """Make the awaited letters of these decisions; return those made and those that failed."""
    decisions = list(
        awaited()
        .filter(pk__in=decision_ids)
        .select_related(
            "allocation__ranking", "dossier__call__programme", "dossier__organisation",
            "dossier__rank_line",
        )
        .order_by("pk")
    )  # fmt: skip
    made, failed = [], []
    for start in range(0, len(decisions), PER_CHILD):
        for kept in make_batch(decisions[start : start + PER_CHILD]):
            (made if isinstance(kept, DecisionLetter) else failed).append(kept)
    return made, failed


def make_batch(decisions):
    """One child process for several letters; each result is kept at once."""
    with translation.override(settings.LANGUAGE_CODE):
        templates = [
            current_template(one.dossier.call.programme, one.letter_kind) for one in decisions
        ]
        contents = [
            words(one, texts_of(template))
            for one, template in zip(decisions, templates, strict=True)
        ]
        pdfs = typeset_many("decision", contents)
    for decision, template, content, pdf in zip(decisions, templates, contents, pdfs, strict=True):
        if isinstance(pdf, CannotTypeset):
            yield LetterFailure.objects.create(
                decision=decision, kind=decision.letter_kind, reason=str(pdf)[:500]
            )
        else:
            yield keep(decision, template, content, pdf)


@transaction.atomic
def keep(decision, template, content, pdf):
    """Keep the letter once and for all; another worker may have been quicker."""
    lock(decision)
    found = decision.letters.filter(kind=template.kind).first()
    if found:
        return found
    kept = DecisionLetter(
        decision=decision,
        kind=template.kind,
        template=template,
        content=content,
        sha256=hashlib.sha256(pdf).hexdigest(),
    )
    name = f"letters/{decision.allocation_id}/{decision.pk}-{template.kind}.pdf"
    kept.file.save(name, ContentFile(pdf))
    return kept


def open_letter(letter, *, actor):
    """Record the first reading by the company, once; the delays of appeal run from it."""
    dossier = letter.decision.dossier
    require(dossiers_may.SEE, actor, dossier)
    if dossiers_may.applicant.allows(actor, dossier):
        # The database keeps the first, however many open it together.
        FirstReading.objects.bulk_create(
            [FirstReading(letter=letter, reader=actor)], ignore_conflicts=True
        )
    return letter
