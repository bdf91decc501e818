import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

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


class RelatedCompany(models.Model):
    """A company that a dossier, as last handed in, declares linked, partner or parent."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="related_companies")
    siren = models.CharField(max_length=9)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["siren", "dossier"], name="related_company_once"),
            models.CheckConstraint(
                name="related_company_is_a_siren", condition=Q(siren__regex=r"^\d{9}$")
            ),
        ]

    def __str__(self):
        return f"{self.dossier_id} · {self.siren}"


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


# A SIRET wherever it was asked for, a SIREN under a column or a question of that name. The key of
# a SIREN is a Luhn sum: its 2nd, 4th, 6th and 8th digits are doubled.
READ_GROUP = pgtrigger.Trigger(
    name="related_companies_read",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func="""
        DELETE FROM grants_relatedcompany WHERE dossier_id = NEW.dossier_id;
        INSERT INTO grants_relatedcompany (dossier_id, siren)
        SELECT DISTINCT NEW.dossier_id, left(told #>> '{}', 9)
        FROM (
            SELECT jsonb_path_query(NEW.content -> 'answers',
                'strict $.** ? (@.type() == "string" && @ like_regex "^[0-9]{14}$")') AS told
            UNION
            SELECT jsonb_path_query(NEW.content -> 'answers',
                'lax $.**.siren ? (@.type() == "string" && @ like_regex "^[0-9]{9}$")')
        ) AS numbers
        WHERE 0 = (
            SELECT sum(CASE WHEN n % 2 = 1 THEN d WHEN d > 4 THEN 2 * d - 9 ELSE 2 * d END) % 10
            FROM (SELECT n, substr(told #>> '{}', n, 1)::int AS d
                  FROM generate_series(1, 9) AS n) AS digits
        );
        RETURN NULL;
    """,
)


class SubmissionRead(Submission):
    """The same rows: a place for the trigger, since dossiers know nothing of resemblance."""

    class Meta:
        proxy = True
        triggers = [READ_TEXT, READ_GROUP]
