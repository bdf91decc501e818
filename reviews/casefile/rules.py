"""The rules a decision was taken under: those of the call, as published."""

CALENDAR = (
    "opens_at", "closes_at", "reviews_due_at", "committee_on", "decision_on", "reserve_until",
)  # fmt: skip
PARAMETERS = (
    "method", "top_score", "threshold", "max_rate", "max_aid", "max_grant", "min_base_mvp",
    "min_base", "max_months", "max_age_years", "reviews_per_dossier",
)  # fmt: skip


def rules_of(call):
    return {
        "programme": call.programme.name,
        "funder": call.programme.funder,
        "call": call.code,
        "title": call.title,
        "year": call.year,
        "calendar": {name: getattr(call, name).isoformat() for name in CALENDAR},
        "parameters": {name: plain(getattr(call, name)) for name in PARAMETERS},
        "criteria": [
            {
                "key": one.key,
                "heading": one.heading,
                "name": one.name,
                "weight": str(one.weight),
                "threshold": plain(one.threshold),
            }
            for one in call.criteria.all()
        ],
    }


def plain(value):
    """Amounts and rates as the database writes them; whole numbers and texts as they are."""
    return value if value is None or isinstance(value, int) else str(value)
