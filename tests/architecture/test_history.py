"""Every model of ours leaves a history: tracked by triggers, written once, or named here."""

from grants.history.models import Link, Seal
from grants.history.strands import ours, strands
from tests.grants.core.test_append_only import MODELS

# Kept without a history, each for a reason.
WITHOUT = {
    "Notification": "what somebody was told of acts that have their own history",
    "Letter": "an envelope of the outbox: kept until it has left",
    "StoredMail": "mail shown on this machine, local runs only",
    "ProjectText": "computed from a deposit, which is kept",
    "RelatedCompany": "computed from companies, which are tracked",
    "SavedView": "a convenience of one person: a search they come back to",
    "QueueChoice": "a convenience of one person: their columns",
    "PaymentCredit": "totals kept by triggers, of entries that are written once",
    "ReadingTally": "a count kept by triggers, of assignments that are tracked",
    "CallLook": "where the search for links stands: run again, it finds the same",
    "RankingStamp": "a mark that something changed; what changed is tracked",
    "Seal": "the seals of the history itself, chained to each other",
    "Link": "the links of the history itself, held by the seals",
}


def test_every_model_is_tracked_written_once_or_named():
    tracked = {getattr(model, "pgh_tracked_model", None) for model in ours()}
    known = set(strands())
    left = {
        model.__name__
        for model in ours()
        if model not in tracked and model._meta.db_table not in known
    }

    assert left == set(WITHOUT), "track it (@pghistory.track), or say here why not"


def test_what_is_written_once_is_sealed():
    tables = {model._meta.db_table for model in MODELS}

    assert tables - set(strands()) == set()


def test_acts_of_a_dossier_hold_together():
    ways = {table: strand.way for table, strand in strands().items()}

    assert ways["grants_dossierevent"] == "t.pgh_obj_id"
    assert ways["grants_answerevent"] == "t.dossier_id"
    assert ways["reviews_scoreevent"] == "t_evaluation_id_assignment_id.dossier_id"
    assert ways["grants_decisionletter"] == "t_decision_id.dossier_id"
    assert ways["grants_entry"] == "NULL::bigint"
    assert {Seal._meta.db_table, Link._meta.db_table} & set(ways) == set()
