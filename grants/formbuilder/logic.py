"""What a page needs to show, hide and compute while its fields change. The server decides again."""

from grants.formbuilder import conditions, formulas


def logic_of(filled):
    """Conditions, formulas and the answers they look at, ready for JSON; empty without any."""
    asked = {key: reply.question for key, reply in filled.replies.items()}
    shown_if = {key: q.condition for key, q in asked.items() if q.condition}
    computed = {key: q.formula for key, q in asked.items() if q.formula}
    used = {part.question for told in shown_if.values() for part in conditions.comparisons_in(told)}
    used |= {term.question for told in computed.values() for term in told.terms}
    return {
        "order": [key for key in asked if key in used or key in shown_if or key in computed],
        "conditions": {key: conditions.as_json(told) for key, told in shown_if.items()},
        "formulas": {key: formulas.as_json(told) for key, told in computed.items()},
        "kinds": {key: asked[key].kind for key in used},
        "values": {key: filled.value(key) for key in sorted(used)},
    }
