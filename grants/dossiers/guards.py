"""What the database itself refuses, or undoes, around a dossier: written once, for its tables."""

import pgtrigger

from grants.dossiers.states import EDITABLE


def refuse(name, sentence):
    return f"RAISE EXCEPTION '{name}: {sentence}' USING ERRCODE = 'check_violation';"


def frozen_with_dossier(name):
    """A trigger refusing changes to what a dossier holds once it left its authors' hands.

    `FOR SHARE` makes a save that runs against a submission wait for it, then see its outcome.
    """
    states = ", ".join(f"'{state}'" for state in sorted(EDITABLE))
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("dossier_state", "varchar")],
        func=f"""
            SELECT state INTO dossier_state FROM grants_dossier
            WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.dossier_id ELSE NEW.dossier_id END
            FOR SHARE;
            IF dossier_state NOT IN ({states}) THEN
                {refuse(name, "a submitted dossier does not change")}
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,  # noqa: S608 - built from our own names only
    )


def voids_sign_off(name, *columns):
    """A trigger that ends the sign-off of a dossier when one of these columns changes in a row."""
    same = " AND ".join(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in columns)
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF TG_OP = 'UPDATE' THEN
                IF {same} THEN RETURN NULL; END IF;
            END IF;
            UPDATE grants_signoff SET voided_at = now()
            WHERE voided_at IS NULL
            AND dossier_id = CASE WHEN TG_OP = 'DELETE' THEN OLD.dossier_id
                                  ELSE NEW.dossier_id END;
            RETURN NULL;
        """,  # noqa: S608 - built from our own names only
    )


# Another version of the form makes another content of the same answers.
FORM_VOIDS_SIGN_OFF = pgtrigger.Trigger(
    name="dossier_form_voids_sign_off",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("form_id"),
    condition=pgtrigger.Q(old__form_id__df=pgtrigger.F("new__form_id")),
    func="""
        UPDATE grants_signoff SET voided_at = now(), voided_by_form = true
        WHERE voided_at IS NULL AND dossier_id = NEW.id;
        RETURN NULL;
    """,
)

# The later date of a dossier is the one of its last late access, and nobody types another.
LATE_UNTIL_GRANTED = pgtrigger.Trigger(
    name="dossier_late_until_granted",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("late_until"),
    func=f"""
        IF NEW.late_until IS DISTINCT FROM (
            SELECT until FROM grants_lateaccess WHERE dossier_id = NEW.id ORDER BY id DESC LIMIT 1)
        THEN {refuse("dossier_late_until_granted", "nobody granted this date")}
        END IF;
        RETURN NEW;
    """,  # noqa: S608 - built from our own names only
)

# After its time a draft comes in by a submission that was received before, and no other way.
SUBMITTED_IN_TIME = pgtrigger.Trigger(
    name="dossier_submitted_in_time",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("state"),
    condition=pgtrigger.Q(old__state="draft", new__state="submitted"),
    func=f"""
        IF NOT EXISTS (SELECT FROM grants_submission WHERE dossier_id = NEW.id)
            AND now() >= (SELECT GREATEST(closes_at, NEW.late_until)
                          FROM grants_call WHERE id = NEW.call_id)
        THEN {refuse("dossier_submitted_in_time", "its time has passed")}
        END IF;
        RETURN NEW;
    """,  # noqa: S608 - built from our own names only
)

# Nobody writes a deadline of their own: the call, a request or a late access sets it.
DEADLINE_GRANTED = pgtrigger.Trigger(
    name="submission_deadline_granted",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=f"""
        IF NEW.deadline_at > (
            SELECT GREATEST(c.closes_at, d.reopened_until, (
                SELECT until FROM grants_lateaccess WHERE dossier_id = d.id
                ORDER BY id DESC LIMIT 1))
            FROM grants_dossier d JOIN grants_call c ON c.id = d.call_id
            WHERE d.id = NEW.dossier_id)
        THEN {refuse("submission_deadline_granted", "nobody granted this deadline")}
        END IF;
        RETURN NEW;
    """,  # noqa: S608 - built from our own names only
)

# Four eyes: what is handed in was signed off as it is, by somebody else than who hands it in.
SUBMISSION_SIGNED_OFF = pgtrigger.Trigger(
    name="submission_signed_off",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("asks", "boolean")],
    func=f"""
        SELECT c.four_eyes INTO asks
        FROM grants_dossier d JOIN grants_call c ON c.id = d.call_id WHERE d.id = NEW.dossier_id;
        IF NOT asks AND NEW.sign_off_id IS NULL THEN RETURN NEW; END IF;
        PERFORM FROM grants_signoff
        WHERE id = NEW.sign_off_id AND dossier_id = NEW.dossier_id AND voided_at IS NULL
        AND signed_by_id <> NEW.by_id AND sha256 = NEW.content -> 'sign_off' ->> 'sha256'
        FOR SHARE;
        IF NOT FOUND THEN
            {refuse("submission_signed_off", "not signed off as it is by somebody else")}
        END IF;
        RETURN NEW;
    """,  # noqa: S608 - built from our own names only
)

# Only who represents the company at this moment agrees for it.
BY_A_REPRESENTATIVE = pgtrigger.Trigger(
    name="sign_off_by_a_representative",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=f"""
        IF NEW.voided_at IS NOT NULL OR NOT EXISTS (
            SELECT FROM accounts_membership m
            JOIN grants_dossier d ON d.organisation_id = m.organisation_id
            WHERE d.id = NEW.dossier_id AND m.user_id = NEW.signed_by_id
            AND m.left_at IS NULL AND m.legal_title <> '')
        THEN {refuse("sign_off_by_a_representative", "this person does not represent the company")}
        END IF;
        RETURN NEW;
    """,
)

# A sign-off is never rewritten; it ends once.
ENDS_ONCE = pgtrigger.Trigger(
    name="sign_off_ends_once",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func=f"""
        IF OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL
            OR ROW(OLD.dossier_id, OLD.signed_by_id, OLD.signed_at, OLD.title, OLD.sha256)
            IS DISTINCT FROM
            ROW(NEW.dossier_id, NEW.signed_by_id, NEW.signed_at, NEW.title, NEW.sha256)
        THEN {refuse("sign_off_ends_once", "a sign-off is not rewritten")}
        END IF;
        RETURN NEW;
    """,
)

# Granted while the dossier is still a draft; once it is handed in, the access has served.
LATE_ACCESS_TO_A_DRAFT = pgtrigger.Trigger(
    name="late_access_to_a_draft",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("dossier_state", "varchar")],
    func=f"""
        SELECT state INTO dossier_state FROM grants_dossier WHERE id = NEW.dossier_id FOR SHARE;
        IF dossier_state <> 'draft' THEN
            {refuse("late_access_to_a_draft", "this dossier was handed in")}
        END IF;
        RETURN NEW;
    """,  # noqa: S608 - built from our own names only
)
