"""What the database itself refuses around a score."""

import pgtrigger

CALL_OF_SCORE = """
    SELECT d.call_id INTO the_call FROM reviews_evaluation e
    JOIN reviews_assignment a ON a.id = e.assignment_id
    JOIN grants_dossier d ON d.id = a.dossier_id
    WHERE e.id = NEW.evaluation_id;
"""
NO_SCORING_NOW = """
    EXISTS (SELECT FROM reviews_phase WHERE call_id = the_call)
    AND NOT EXISTS (SELECT FROM reviews_phase WHERE call_id = the_call AND may_score
                    AND opens_at <= now() AND closes_at > now())
"""

# A mark is given while a phase of its call allows marks; a call without phases always does.
# A mark to be read again may be revised whatever the phase.
SCORE_IN_PHASE = pgtrigger.Trigger(
    name="score_in_phase",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("value", "comment"),
    declare=[("the_call", "bigint")],
    func=f"""
        IF TG_OP = 'INSERT' THEN
            IF NEW.value IS NULL AND NEW.comment = '' THEN RETURN NEW; END IF;
        ELSIF ROW(OLD.value, OLD.comment) IS NOT DISTINCT FROM ROW(NEW.value, NEW.comment) THEN
            RETURN NEW;
        END IF;
        IF TG_OP = 'UPDATE' AND EXISTS (SELECT FROM reviews_staleflag
                                        WHERE score_id = OLD.id AND settled_at IS NULL)
        THEN RETURN NEW;
        END IF;
        {CALL_OF_SCORE}
        IF {NO_SCORING_NOW} THEN
            RAISE EXCEPTION 'score_in_phase: no phase of this call allows marks now'
            USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)
