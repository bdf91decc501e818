"""The charts of the cockpit."""

from django.utils.translation import gettext as _

from grants.core import charts
from grants.core.charts import Item
from grants.core.templatetags.french import counted, euros
from grants.core.templatetags.french import day as written_day
from grants.eligibility.territory import DEPARTMENTS


def funnel_of(counts):
    steps = [
        (_("Commencés"), counts.begun, None),
        (_("Déposés"), counts.received.count, counts.received.requested),
        (_("Recevables"), counts.admitted.count, counts.admitted.requested),
        (_("Évalués et classés"), counts.ranked.count, counts.ranked.requested),
        (_("Retenus"), counts.awarded.count, counts.awarded.requested),
    ]
    return charts.funnel(
        [Item(label, count, text_of(count, asked)) for label, count, asked in steps],
        title=_("Du brouillon à l’aide"),
        desc=_("Nombre de dossiers et montants demandés ; en gris, la part de l’étape d’avant."),
    )


def text_of(count, asked):
    dossiers = counted(count, _("dossier,dossiers"))
    return dossiers if asked is None else f"{dossiers} · {euros(asked)}"


def themes_of(counts):
    return bars_of(counts.themes, title=_("Dossiers déposés par thème"), unnamed=_("Sans thème"))


def departments_of(counts):
    named = {
        f"{DEPARTMENTS[code]} ({code})" if code in DEPARTMENTS else code: heap
        for code, heap in counts.departments.items()
    }
    title = _("Dossiers déposés par département")
    return bars_of(named, title=title, unnamed=_("Département non précisé"))


def bars_of(heaps, *, title, unnamed):
    ordered = sorted(heaps.items(), key=lambda pair: (-pair[1].count, pair[0]))
    items = [
        Item(name or unnamed, heap.count, text_of(heap.count, heap.requested))
        for name, heap in ordered
    ]
    return charts.bars(items, title=title)


def deposits_of(days):
    return charts.columns(
        [(written_day(on), count) for on, count in days],
        title=_("Dépôts par jour"),
        desc=_("%(total)s au total, le jour le plus chargé est chiffré")
        % {"total": counted(sum(count for _on, count in days), _("dossier,dossiers"))},
    )


def gauges_of(board):
    return [gauge_of(envelope, board) for envelope in board.envelopes]


def gauge_of(envelope, board):
    engaged = envelope.committed - envelope.paid
    parts = [
        ("paid", _("Payé"), float(envelope.paid), euros(envelope.paid)),
        ("committed", _("Engagé, à payer"), float(engaged), euros(engaged)),
    ]
    left = envelope.endowed - envelope.committed
    if board.proposed_on == envelope.pk:
        proposed = board.allocation.proposed
        left -= proposed
        parts.append(("planned", _("Proposé pour cet appel"), float(proposed), euros(proposed)))
    return charts.gauge(
        parts,
        total=float(envelope.endowed),
        title=_("%(name)s %(year)s : %(voted)s votés")
        % {
            "name": envelope.name,
            "year": envelope.year,
            "voted": euros(envelope.endowed),
        },
        left_text=_("%(left)s disponibles") % {"left": euros(left)},
    )
