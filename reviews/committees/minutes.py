"""The minutes of a session: they write themselves from what happened, and are sealed at its end."""

import hashlib
import json

from django.conf import settings
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime

from grants.core.typesetting import typeset
from grants.core.wording import day, hour, number
from reviews.committees.live import left_of, order_now
from reviews.committees.models import Attendance, Ballot, Item, Session, Withdrawal
from reviews.committees.states import ItemState, Part
from reviews.committees.veiling import as_known, with_veil

HIDDEN = "dossier dont vous êtes déporté"


def digest_of(content):
    """SHA-256 of the one text a content has: sorted keys, letters as they are."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def canonical(content):
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def record_of(session, places, *, reader=None):
    """Everything that happened, as plain values: names, hours, voices, conclusions, the order;
    with `reader`, as this person may know it."""
    told = session.items.select_related("dossier__call", "dossier__organisation")
    items = list(with_veil(told).order_by("position"))
    if reader is not None:
        items = as_known(items, session, reader)
    ballots, withdrawals = by_item(Ballot, items), by_item(Withdrawal, items)
    names = {item.dossier_id: item for item in items}
    return {
        "call": session.call.title,
        "funder": session.call.programme.funder,
        "held_at": session.held_at.isoformat(),
        "place": session.place,
        "mode": session.mode,
        "quorum": session.quorum,
        "opened_at": moment_of(session.opened_at),
        "closed_at": moment_of(session.closed_at),
        "members": members_of(session),
        "items": [item_of(item, ballots[item.pk], withdrawals[item.pk]) for item in items],
        "order": [
            {
                "place": one.place,
                "reference": names[one.line.dossier_id].dossier.reference,
                "title": names[one.line.dossier_id].dossier.title,
                "score": str(one.score),
                "from_reviews": one.line.agreed is None,
                "is_funded": one.is_funded,
            }
            for one in places
        ],
    }


def moment_of(at):
    return at.isoformat() if at else None


def by_item(model, items):
    found = {item.pk: [] for item in items}
    rows = model.objects.filter(item__in=items).select_related("member__user")
    for row in rows.order_by("member__user__plain_name", "pk"):
        found[row.item_id].append(row)
    return found


def members_of(session):
    rows = session.members.select_related("user").order_by("user__plain_name", "pk")
    came = {row.pk: [] for row in rows}
    for one in Attendance.objects.filter(member__in=rows).order_by("arrived_at", "pk"):
        came[one.member_id].append([one.arrived_at.isoformat(), moment_of(one.left_at)])
    return [{"name": str(row.user), "part": row.part, "came": came[row.pk]} for row in rows]


def item_of(item, ballots, withdrawals):
    is_settled = item.state == ItemState.SETTLED
    return {
        "position": item.position,
        "reference": item.dossier.reference,
        "title": str(item.dossier.title),
        "company": str(item.dossier.organisation.name),
        "because": item.because,
        "rank": item.rank,
        "score": str(item.score),
        "is_settled": is_settled,
        "proposed": str(item.proposed) if is_settled else None,
        "outcome": item.outcome,
        "note": item.note if is_settled else "",
        "votes": [
            {"name": str(one.member.user), "choice": one.choice}
            for one in ballots
            if is_settled and one.round == item.round
        ],
        "out": [
            {"name": str(one.member.user), "at": one.at.isoformat(), "origin": one.origin}
            for one in withdrawals
        ],
    }


def content_of(session, *, reader=None):
    """The sealed content of a closed session, or what its minutes would say now."""
    sealed = getattr(session, "minutes", None)
    if sealed is not None:
        return sealed.content, sealed.sha256
    order = order_now(session.items.all(), left_of(session.call))
    return record_of(session, order, reader=reader), ""


def minutes_pdf(session, *, masked=frozenset(), reader=None):
    """In French whoever reads it; before the end, a draft that says so.

    `masked` holds the references its reader is out of: nothing of them is in this copy.
    """
    content, sha256 = content_of(session, reader=reader)
    with translation.override(settings.LANGUAGE_CODE):
        content = without(content, masked)
        return typeset("minutes", words_of(content, sha256))


def without(content, masked):
    items = [hidden(one) if one["reference"] in masked else one for one in content["items"]]
    order = [
        {**one, "reference": "—", "title": HIDDEN, "score": None, "from_reviews": True}
        if one["reference"] in masked
        else one
        for one in content["order"]
    ]
    # The place would tell the score: those of the hidden dossiers come last, without one.
    shown = [one for one in order if one["score"] is not None]
    return {**content, "items": items, "order": shown}


def hidden(item):
    return {
        **item, "reference": "—", "title": HIDDEN, "company": "", "because": "", "rank": None,
        "score": None, "is_settled": False, "note": "", "votes": [], "is_hidden": True,
    }  # fmt: skip


def words_of(content, sha256):
    """Everything the paper says, as text."""
    return {
        "title": "Procès-verbal du comité de sélection",
        "draft": "" if sha256 else "Projet, séance en cours : ce document peut encore changer.",
        "funder": content["funder"],
        "call": content["call"],
        "facts": facts_of(content),
        "members": [
            [one["name"], str(Part(one["part"]).label), came(one["came"])]
            for one in content["members"]
        ],
        "items": [told_item(one, content["mode"]) for one in content["items"]],
        "order": [
            [
                str(one["place"]),
                f"{one['reference']} — {one['title']}",
                number(one["score"], places=2),
                "évaluations" if one["from_reviews"] else "comité",
                "oui" if one["is_funded"] else "non",
            ]
            for one in content["order"]
        ],
        "sha256": sha256,
    }


def facts_of(content):
    mode = str(Session.Mode(content["mode"]).label)
    told = [
        ("Appel", content["call"]),
        ("Séance du", said(content["held_at"])),
        ("Lieu", content["place"]),
        ("Ouverte le", said(content["opened_at"])),
        ("Close le", said(content["closed_at"])),
        ("Règle", mode),
        ("Quorum", f"{content['quorum']} membres présents et non déportés, vérifié à chaque vote"),
    ]
    return [{"label": label, "value": value} for label, value in told]


def said(text):
    if not text:
        return "—"
    at = timezone.localtime(parse_datetime(text))
    return f"{day(at)} à {hour(at)}"


def clock(text):
    return hour(timezone.localtime(parse_datetime(text))) if text else ""


def came(spans):
    if not spans:
        return "absence"
    return " ; ".join(
        f"de {clock(arrived)} à {clock(left)}" if left else f"depuis {clock(arrived)}"
        for arrived, left in spans
    )


def told_item(item, mode):
    return {
        "heading": f"{item['position']}. {item['reference']} — {item['title']}",
        "company": item["company"],
        "reviews": ""
        if item.get("is_hidden")
        else f"Évaluations : rang {item['rank']}, note {number(item['score'], places=2)}. "
        f"{item['because']}",
        "out": [f"{one['name']}, à {clock(one['at'])} ({origin_of(one)})" for one in item["out"]],
        "conclusion": conclusion(item),
        "votes": [
            f"{choice.label} ({len(names)}) : {', '.join(names)}"
            for choice in Ballot.Choice
            if (names := [one["name"] for one in item["votes"] if one["choice"] == choice])
        ],
        "note": item["note"],
    }


def origin_of(one):
    return Withdrawal.Origin(one["origin"]).label.lower()


def conclusion(item):
    if item.get("is_hidden"):
        return "Vous vous êtes retiré pour ce dossier : votre copie n’en dit rien."
    if not item["is_settled"]:
        return "Non examiné : la note des évaluations demeure."
    proposed = number(item["proposed"], places=2)
    if item["outcome"] == Item.Outcome.CARRIED:
        return f"Note du comité : {proposed}."
    return f"La note proposée ({proposed}) n’est pas adoptée : celle des évaluations demeure."
