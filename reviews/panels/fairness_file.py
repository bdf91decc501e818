"""The agreement and fairness page as a table file: what it shows and nothing more."""

import csv

from django.utils.translation import gettext as _

from grants.core.spreadsheets import MARK, safe

DECIMALS = 4


def write_fairness(fairness, file):
    """Semicolons and decimal commas, as French spreadsheets expect."""
    file.write(MARK)
    lines = csv.writer(file, delimiter=";")
    lines.writerow(
        [
            _("rubrique"), _("libellé"), _("effectif"), _("réussites"),
            _("valeur"), _("borne basse"), _("borne haute"), _("lecture"),
        ]
    )  # fmt: skip
    lines.writerows(criteria_lines(fairness))
    lines.writerows(reader_lines(fairness))
    lines.writerows(group_lines(fairness))


def criteria_lines(fairness):
    for row in fairness.criteria:
        one = row.agreement
        yield [
            _("accord (α ordinal)"), safe(row.name), one.units, "",
            figure(one.alpha), figure(one.low), figure(one.high), safe(row.words),
        ]  # fmt: skip


def reader_lines(fairness):
    for row in fairness.readers:
        because = " ; ".join(row.because)
        yield [
            _("expert à l’écart"), safe(row.name), row.reader.readings, "",
            figure(row.reader.gap), "", "", safe(because),
        ]  # fmt: skip


def group_lines(fairness):
    for table in fairness.tables:
        for row in table.rows:
            one = row.shown
            yield [
                table.title, safe(row.label), one.count, one.successes,
                figure(one.share), figure(one.low), figure(one.high), "",
            ]  # fmt: skip


def figure(value):
    """A number and nothing else; a minus sign before digits is no formula."""
    return "" if value is None else f"{value:.{DECIMALS}f}".replace(".", ",")
