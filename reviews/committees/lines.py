"""The agenda as its table writes it: texts only, a long one is written each second."""

from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.committees.states import ItemState

BADGES = {ItemState.SETTLED: "done", ItemState.WAITING: "new"}


def lines_of(rows, *, may_call):
    """One line a dossier, in the order of the agenda; `may_call` adds what calls it up."""
    inside, beyond = _("dans l’enveloppe"), _("au-delà")
    again, call_up = _("Reprendre"), _("Appeler")
    labels = {state: str(state.label) for state in ItemState}
    lines = []
    for row in rows:
        item = row.item
        line = {"position": str(item.position), "is_current": item.is_current}
        if may_call and not item.is_current:
            line["url"] = reverse("committees:call_up", args=[item.pk])
            line["act"] = again if item.state == ItemState.SETTLED else call_up
        if not row.is_masked:
            line |= {
                "title": item.dossier.title,
                "under": f"{item.dossier.reference} · {item.because}",
                "badge": BADGES.get(item.state, "doing"),
                "state": labels[item.state],
                "outcome": item.get_outcome_display() if item.outcome else "",
                "score": row.score,
                "place": str(row.place),
                "limit": inside if row.is_funded else beyond,
            }
        lines.append(line)
    return lines
