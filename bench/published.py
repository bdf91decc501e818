"""Published tables, worked out again: what is printed there beside what we find."""

from reviews.panels.agreement import intraclass, krippendorff_alpha
from reviews.panels.calibration import calibrate, calibrate_with
from reviews.panels.mixed_model import Deviations
from reviews.panels.scores import Score
from tests.reviews.panels.penicillin import PENICILLIN
from tests.reviews.panels.test_agreement import krippendorff, shrout_fleiss

BY_HAND = (Score("A", "R1", 4), Score("B", "R1", 3), Score("B", "R2", 5), Score("C", "R2", 4))


def published():
    """Every digit given is compared."""
    lines = [
        "## Tables publiées",
        "",
        "| table | grandeur | publié | trouvé | |",
        "| --- | --- | --- | --- | --- |",
    ]
    for table, name, printed, found in cases():
        places = len(printed.partition(".")[2])
        shown = f"{found:.{places}f}"
        lines.append(
            f"| {table} | {name} | {printed} | {shown} | {'=' if shown == printed else '⚠'} |"
        )
    return "\n".join(lines)


def cases():
    fit = calibrate(PENICILLIN)
    for name, printed, found in (
        ("écart-type plaque", "0.8467", fit.sd.dossier),
        ("écart-type échantillon", "1.9316", fit.sd.reviewer),
        ("écart-type résiduel", "0.5499", fit.sd.residual),
        ("critère REML", "330.8606", fit.reml),
        ("moyenne", "22.9722", fit.mean),
    ):
        yield "Penicillin (lme4)", name, printed, found
    for level, printed in (
        ("nominal", "0.691358"),
        ("ordinal", "0.806721"),
        ("interval", "0.810845"),
    ):
        yield "Krippendorff 2011", f"α {level}", printed, krippendorff_alpha(krippendorff(), level)
    icc = intraclass(shrout_fleiss())
    yield "Shrout et Fleiss 1979", "ICC(2,1)", "0.289764", icc.icc2
    yield "Shrout et Fleiss 1979", "ICC(2,k)", "0.620051", icc.icc2k
    hand = calibrate_with(BY_HAND, Deviations(1, 1, 1))
    for one, printed in zip(hand.dossiers, ("4.2", "4.0", "3.8"), strict=True):
        yield "à la main, variances 1", f"dossier {one.id}", printed, one.calibrated
    for one, printed in zip(hand.reviewers, ("-0.4", "0.4"), strict=True):
        yield "à la main, variances 1", f"expert {one.id}", printed, one.severity
