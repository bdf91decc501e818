import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from grants.dossiers.models import Dossier, Submission


class ProjectText(models.Model):
    """What a dossier says in long answers, as last handed in: what resemblance is measured on.

    Written by the trigger below, so that no way of handing in forgets it.
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="project_text")
    text = models.TextField(blank=True)

    class Meta:
        indexes = [GinIndex(fields=["text"], name="project_text_words", opclasses=["gin_trgm_ops"])]

    def __str__(self):
        return f"{self.dossier_id} · {self.text[:40]}"


# Answers that are sentences (60 letters at least) and the title; 6 000 letters say enough, and
# keep the comparison quick.
READ_TEXT = pgtrigger.Trigger(
    name="project_text_read",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func="""
        INSERT INTO grants_projecttext (dossier_id, text)
        SELECT NEW.dossier_id,
               left(coalesce(string_agg(value #>> '{}', ' ' ORDER BY key), ''), 6000)
        FROM jsonb_each(CASE WHEN jsonb_typeof(NEW.content -> 'answers') = 'object'
                             THEN NEW.content -> 'answers' ELSE '{}'::jsonb END)
        WHERE jsonb_typeof(value) = 'string' AND (key = 'title' OR length(value #>> '{}') >= 60)
        ON CONFLICT (dossier_id) DO UPDATE SET text = EXCLUDED.text;
        RETURN NULL;
    """,
)


class SubmissionRead(Submission):
    """The same rows: a place for the trigger, since dossiers know nothing of resemblance."""

    class Meta:
        proxy = True
        triggers = [READ_TEXT]
