"""What the database itself keeps of the ledger: totals, limits, both legs of a transfer."""

import pgtrigger

from grants.funding.postings import (
    COMMITTED,
    ENDOWED,
    GIVING,
    OF_FUNDERS,
    OF_YEAR,
    OPENED,
    PAID,
    RECEIVING,
    quoted,
)


def refuse(name, sentence):
    return f"RAISE EXCEPTION '{name}: {sentence}' USING ERRCODE = 'check_violation';"


ENVELOPE_TOTALS = pgtrigger.Trigger(
    name="envelope_totals_are_the_ledgers",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func=f"""
        IF TG_OP = 'INSERT' THEN
            IF NEW.endowed <> 0 OR NEW.committed <> 0 OR NEW.paid <> 0 THEN
                {refuse("envelope_totals", "an envelope starts empty")}
            END IF;
        ELSIF pg_trigger_depth() < 2 AND
            ROW(OLD.endowed, OLD.committed, OLD.paid)
            IS DISTINCT FROM ROW(NEW.endowed, NEW.committed, NEW.paid) THEN
            {refuse("envelope_totals", "only ledger entries move totals")}
        END IF;
        RETURN NEW;
    """,
)

ENVELOPE_PLACE = pgtrigger.Trigger(
    name="envelope_keeps_its_place",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func=f"""
        IF TG_OP = 'UPDATE' THEN
            IF ROW(OLD.programme_id, OLD.year, OLD.parent_id)
               IS DISTINCT FROM ROW(NEW.programme_id, NEW.year, NEW.parent_id) THEN
                {refuse("envelope_place", "programme, year and parent do not change")}
            END IF;
        ELSIF NEW.parent_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM grants_envelope WHERE id = NEW.parent_id AND parent_id IS NULL
            AND programme_id = NEW.programme_id AND year = NEW.year) THEN
            {refuse("envelope_place", "a part stands under an envelope of its year")}
        END IF;
        RETURN NEW;
    """,
)

CREDIT_TOTALS = pgtrigger.Trigger(
    name="payment_credit_totals_are_the_ledgers",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=f"""
        IF pg_trigger_depth() < 2 OR TG_OP = 'DELETE' THEN
            {refuse("payment_credit_totals", "only ledger entries move totals")}
        END IF;
        RETURN NEW;
    """,
)

ENTRY_YEAR = pgtrigger.Trigger(
    name="entry_finds_its_year",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=f"""
        IF NEW.kind = 'payment' THEN
            NEW.payable_in := EXTRACT(YEAR FROM NEW.acted_on);
        ELSIF NEW.kind = 'repayment' THEN
            NEW.payable_in := COALESCE(NEW.payable_in, EXTRACT(YEAR FROM NEW.acted_on));
        ELSIF NEW.kind IN ({quoted(OF_FUNDERS)}) AND EXISTS (
            SELECT FROM grants_envelope WHERE id = NEW.envelope_id AND parent_id IS NOT NULL) THEN
            {refuse("entry_from_funders", "a part is endowed by its envelope")}
        END IF;
        RETURN NEW;
    """,
)

ENTRY_TOTALS = pgtrigger.Trigger(
    name="entry_moves_totals",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func=f"""
        UPDATE grants_envelope SET
            endowed = endowed + CASE WHEN NEW.kind IN ({quoted(ENDOWED)})
                THEN NEW.amount ELSE 0 END,
            committed = committed - CASE WHEN NEW.kind IN ({quoted(COMMITTED)})
                THEN NEW.amount ELSE 0 END,
            paid = paid - CASE WHEN NEW.kind IN ({quoted(PAID)})
                THEN NEW.amount ELSE 0 END
        WHERE id = NEW.envelope_id;
        IF NEW.kind IN ({quoted(OF_YEAR)}) THEN
            IF NEW.amount > 0 THEN
                INSERT INTO grants_paymentcredit (envelope_id, year, opened, paid)
                VALUES (NEW.envelope_id, NEW.payable_in, 0, 0) ON CONFLICT DO NOTHING;
            END IF;
            UPDATE grants_paymentcredit SET
                opened = opened + CASE WHEN NEW.kind IN ({quoted(OPENED)})
                    THEN NEW.amount ELSE 0 END,
                paid = paid - CASE WHEN NEW.kind IN ({quoted(PAID)})
                    THEN NEW.amount ELSE 0 END
            WHERE envelope_id = NEW.envelope_id AND year = NEW.payable_in;
            IF NOT FOUND THEN
                {refuse("payment_credit_never_overspent", "no payment credits in this year")}
            END IF;
        END IF;
        RETURN NEW;
    """,  # noqa: S608 - built from our own names only
)

ENTRY_COMMITMENT = pgtrigger.Trigger(
    name="entry_within_its_commitment",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    condition=pgtrigger.Q(new__commitment__isnull=False),
    declare=[("set_aside", "numeric"), ("paid_out", "numeric"), ("home", "bigint")],
    func=f"""
        SELECT -amount, envelope_id INTO set_aside, home FROM grants_entry
        WHERE id = NEW.commitment_id AND kind = 'commitment'
        FOR NO KEY UPDATE;
        SELECT set_aside - COALESCE(SUM(amount) FILTER (WHERE kind = 'release'), 0),
               -COALESCE(SUM(amount) FILTER (WHERE kind IN ('payment', 'repayment')), 0)
        INTO set_aside, paid_out FROM grants_entry
        WHERE commitment_id = NEW.commitment_id;
        IF home IS NULL OR home <> NEW.envelope_id OR paid_out > set_aside
           OR paid_out < 0 THEN
            {refuse("entry_within_its_commitment", "more than was set aside")}
        END IF;
        RETURN NEW;
    """,  # noqa: S608 - built from our own names only
)

# A received leg answers one given leg, of the same amount, where credits may go from there.
ENTRY_RECEIVED = pgtrigger.Trigger(
    name="entry_received_from_near",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    condition=pgtrigger.Condition(f"NEW.kind IN ({quoted(RECEIVING)})"),
    func=f"""
        IF NOT EXISTS (
            SELECT FROM grants_entry given
            JOIN grants_envelope here ON here.id = given.envelope_id
            JOIN grants_envelope there ON there.id = NEW.envelope_id
            WHERE given.id = NEW.source_id AND given.amount = -NEW.amount
            AND here.programme_id = there.programme_id AND (
                (given.kind = 'given' AND NEW.kind = 'received' AND (
                    here.parent_id = there.id OR there.parent_id = here.id
                    OR there.year = here.year + 1))
                OR (given.kind = 'cp_given' AND NEW.kind = 'cp_received' AND (
                    (here.id = there.id AND NEW.payable_in = given.payable_in + 1)
                    OR (NEW.payable_in = given.payable_in
                        AND (here.parent_id = there.id OR there.parent_id = here.id)))))) THEN
            {refuse("entry_transfer_balances", "a transfer has two equal legs, side by side")}
        END IF;
        RETURN NEW;
    """,
)

# Looked at when the transaction ends: what was given and received nowhere takes all back.
ENTRY_GIVEN = pgtrigger.Trigger(
    name="entry_given_is_received",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    condition=pgtrigger.Condition(f"NEW.kind IN ({quoted(GIVING)})"),
    func=f"""
        IF NOT EXISTS (
            SELECT FROM grants_entry WHERE source_id = NEW.id AND amount = -NEW.amount) THEN
            {refuse("entry_transfer_balances", "what is given is received in the same act")}
        END IF;
        RETURN NEW;
    """,
)
