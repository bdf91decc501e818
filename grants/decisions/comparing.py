"""Scenarios side by side: what each does as a whole, and for whom they differ."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.core.territories import DEPARTMENTS
from grants.core.wording import euros
from grants.decisions.proposing import passed_over
from grants.decisions.reasons import label
from grants.decisions.trials import Effect, differing, effect_of
from grants.programmes.sharing import SharingMode

NONE = Decimal(0)
MODES = dict(SharingMode.choices)


@dataclass(frozen=True)
class Column:
    """One scenario; `passed`: better-ranked dossiers it refuses, each needing a reason."""

    scenario: Any
    effect: Effect
    mode: str
    conflict: str
    passed: list[str]
    is_advice: bool


@dataclass(frozen=True)
class Cell:
    """What one scenario says on one line; `label` heads it on a phone."""

    label: str
    text: str
    note: str = ""
    differs: bool = False


@dataclass(frozen=True)
class Line:
    title: str
    subtitle: str
    cells: list[Cell]


def columns_of(scenarios, rows, innovative, *, published):
    """`published`: the mode the call announced; a portfolio elsewhere is advice."""
    found = []
    for scenario in scenarios:
        result, mode = scenario.result, scenario.rules["mode"]
        ordered = [rows[key] for key in rows]
        amounts = [Decimal(result["rows"][str(row.dossier_id)]["amount"]) for row in ordered]
        over = [
            row.reference
            for row in passed_over(ordered, amounts)
            if mode == "portfolio" or not result["rows"][str(row.dossier_id)]["by_rule"]
        ]
        found.append(
            Column(
                scenario=scenario,
                effect=effect_of(result, rows, innovative),
                mode=str(MODES[mode]),
                conflict=", ".join(label(name) for name in result["conflict"]),
                passed=shortened(over),
                is_advice=mode == "portfolio" != published,
            )
        )
    return found


def shortened(references, most=12):
    """The first ones, and how many more."""
    if len(references) <= most:
        return references
    more = len(references) - most
    told = ngettext("et %(n)d autre", "et %(n)d autres", more) % {"n": more}
    return [*references[:most], told]


def effects(columns, left):
    """The figures of each scenario, line by line."""
    plain = [
        (_("Total proposé"), lambda e: euros(e.spent)),
        (_("Reste sur l’enveloppe"), lambda e: euros(left - e.spent)),
        (_("Dossiers retenus"), lambda e: str(e.awards)),
        (_("Liste de réserve"), lambda e: str(e.reserve)),
        (_("Entreprises aidées"), lambda e: str(e.companies)),
        (_("Jeunes entreprises innovantes attendues"), innovative),
    ]
    lines = [line_of(title, "", columns, read) for title, read in plain]
    themes = sorted({name for one in columns for name in one.effect.themes})
    for name in themes:
        lines.append(
            line_of(name, _("Thème"), columns, lambda e, n=name: euros(e.themes.get(n, NONE)))
        )
    places = sorted({name for one in columns for name in one.effect.departments})
    for code in places:
        title = f"{DEPARTMENTS.get(code, '')} ({code})".strip() if code != "—" else code
        read = lambda e, c=code: euros(e.departments.get(c, NONE))  # noqa: E731 - a column reader
        lines.append(line_of(title, _("Département"), columns, read))
    return lines


def innovative(effect):
    """Those whose status is known; how many are not is said beside."""
    if not effect.unsure:
        return str(effect.innovative)
    told = {"n": effect.innovative, "unsure": effect.unsure}
    return _("%(n)s, et %(unsure)s à confirmer") % told


def line_of(title, subtitle, columns, read):
    texts = [read(one.effect) for one in columns]
    cells = [
        Cell(str(one.scenario), text, differs=text != texts[0])
        for one, text in zip(columns, texts, strict=True)
    ]
    return Line(title, subtitle, cells)


def changes(columns, rows, titles):
    """The dossiers that do not receive the same everywhere: how much in each, and why."""
    keys = differing([one.scenario.result for one in columns])
    return [
        Line(
            f"{rows[key].rank}. {titles[key]}",
            rows[key].reference,
            [cell_of(one.scenario, str(key), columns[0].scenario) for one in columns],
        )
        for key in keys
    ]


def cell_of(scenario, key, first):
    kept, other = scenario.result["rows"][key], first.result["rows"][key]
    amount = Decimal(kept["amount"])
    if amount:
        text = euros(amount)
    elif kept["outcome"] == "reserve":
        text = _("Réserve, n° %(rank)s") % {"rank": kept["reserve_rank"]}
    else:
        text = _("Non retenu")
    return Cell(str(scenario), text, kept["rule"], amount != Decimal(other["amount"]))
