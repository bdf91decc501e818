"""What the database refuses to a ranking that does not stand on firm ground."""

import pgtrigger

from grants.decisions.models import Ranking
from grants.dossiers.states import State


class FirmRanking(Ranking):
    """A ranking as the readings see it: never over a mark to read again, nor a dossier away, nor
    before the committee convened for it has closed."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="ranking_on_firm_ground",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                    IF EXISTS (
                        SELECT FROM reviews_staleflag flag
                        JOIN reviews_score score ON score.id = flag.score_id
                        JOIN reviews_evaluation evaluation ON evaluation.id = score.evaluation_id
                        JOIN reviews_assignment reading ON reading.id = evaluation.assignment_id
                        JOIN grants_dossier dossier ON dossier.id = reading.dossier_id
                        WHERE dossier.call_id = NEW.call_id AND flag.settled_at IS NULL
                          AND reading.state = 'active'
                          AND dossier.state IN ('{State.IN_REVIEW}', '{State.RANKED}'))
                    THEN RAISE EXCEPTION 'ranking_on_firm_ground: a mark is to be read again'
                         USING ERRCODE = 'check_violation';
                    END IF;
                    IF EXISTS (
                        SELECT FROM reviews_assignment reading
                        JOIN grants_dossier dossier ON dossier.id = reading.dossier_id
                        WHERE dossier.call_id = NEW.call_id AND reading.state = 'active'
                          AND dossier.state = '{State.INCOMPLETE}')
                    THEN RAISE EXCEPTION 'ranking_on_firm_ground: a dossier is being completed'
                         USING ERRCODE = 'check_violation';
                    END IF;
                    IF EXISTS (SELECT FROM reviews_session
                               WHERE call_id = NEW.call_id AND state IN ('prepared', 'open'))
                    THEN RAISE EXCEPTION 'ranking_on_firm_ground: its committee has not closed'
                         USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 - built from our own names only
            )
        ]
