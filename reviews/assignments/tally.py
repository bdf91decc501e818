"""The readings of a call counted once, when they change: pages add up a row or two an expert.

A reading carries its call and what it is counted by, worked out again by the database at each of
its changes; changes of its evaluation or of its dossier touch it. So the counts follow from that
one row alone: two people who act at once wait for each other on it, and nothing is counted twice.
How many are late depends on the hour: the day they are due is part of the key.
"""

import pgtrigger
from django.db import models

from grants.dossiers.models import Dossier
from grants.dossiers.states import REVIEWABLE, State
from grants.programmes.models import Call
from reviews.experts.models import Expert

# Dossiers whose readings are followed; those of the others (withdrawn, to be completed) are held.
FOLLOWED = (*sorted(REVIEWABLE), State.RANKED, State.AWARDED, State.RESERVE, State.REFUSED)
IN_FOLLOWED = f"IN ({', '.join(repr(str(state)) for state in FOLLOWED)})"

# Whatever wrote the row: a copy in memory is never believed.
WORKED_OUT = pgtrigger.Trigger(
    name="assignment_worked_out",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    declare=[("dossier_state", "varchar")],
    func=f"""
        IF TG_OP = 'INSERT' THEN
            -- A dossier that changes at this moment waits, then touches this reading too.
            PERFORM FROM grants_dossier WHERE id = NEW.dossier_id FOR SHARE;
        END IF;
        SELECT call_id, state INTO NEW.call_id, dossier_state
        FROM grants_dossier WHERE id = NEW.dossier_id;
        NEW.is_held := dossier_state NOT {IN_FOLLOWED};
        NEW.is_handed_in := EXISTS (
            SELECT FROM reviews_evaluation WHERE assignment_id = NEW.id AND state = 'submitted');
        RETURN NEW;
    """,  # noqa: S608 - built from our own names only
)
COUNT = """
    INSERT INTO reviews_readingtally AS known
        (call_id, expert_id, due_at, is_held, given, handed_in)
    SELECT call_id, expert_id, due_at, is_held, sum(n), sum(n * is_handed_in::int)
    FROM ({moved}) AS moved WHERE state = 'active'
    GROUP BY call_id, expert_id, due_at, is_held
    HAVING sum(n) <> 0 OR sum(n * is_handed_in::int) <> 0
    ORDER BY call_id, expert_id, due_at, is_held
    ON CONFLICT (call_id, expert_id, due_at, is_held) DO UPDATE SET
        given = known.given + EXCLUDED.given, handed_in = known.handed_in + EXCLUDED.handed_in;
    RETURN NULL;
"""
COLUMNS = "call_id, expert_id, due_at, is_held, state, is_handed_in"
ADDED = f"SELECT {COLUMNS}, 1 AS n FROM added"  # noqa: S608 - fixed text
REMOVED = f"SELECT {COLUMNS}, -1 AS n FROM removed"  # noqa: S608 - fixed text


def counting(name, operation, moved, **tables):
    return pgtrigger.Trigger(
        name=f"assignment_counted_{name}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tables),
        func=COUNT.format(moved=moved),
    )


TRIGGERS = [
    WORKED_OUT,
    counting("in", pgtrigger.Insert, ADDED, new="added"),
    counting("again", pgtrigger.Update, f"{ADDED} UNION ALL {REMOVED}", old="removed", new="added"),
    counting("out", pgtrigger.Delete, REMOVED, old="removed"),
]

# For the table of evaluations, above this one: what is not as it was makes its reading look again.
TOUCHED = """
    UPDATE reviews_assignment SET is_held = is_held
    WHERE id IN (OLD.assignment_id, NEW.assignment_id) AND is_handed_in <> EXISTS (
        SELECT FROM reviews_evaluation
        WHERE assignment_id = reviews_assignment.id AND state = 'submitted');
    RETURN NULL;
"""


class HeldDossier(Dossier):
    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="readings_held",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Condition(
                    f"NOT (OLD.state {IN_FOLLOWED}) = (NEW.state {IN_FOLLOWED})"
                ),
                func="""
                    UPDATE reviews_assignment SET is_held = is_held
                    WHERE dossier_id = NEW.id AND state = 'active';
                    RETURN NULL;
                """,
            )
        ]


class ReadingTally(models.Model):
    """Active readings of one expert in one call, due the same moment; written by triggers alone."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="+", db_index=False)
    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="tallies")
    due_at = models.DateTimeField()
    is_held = models.BooleanField()
    # Signed for PostgreSQL: what is taken away comes as an insertion of less than nothing.
    given = models.IntegerField()
    handed_in = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call", "expert", "due_at", "is_held"], name="reading_tally_once"
            )
        ]

    def __str__(self):
        return f"{self.expert_id} · {self.handed_in}/{self.given}"
