import pytest

from grants.formbuilder.definition import BadDefinition, parse
from grants.formbuilder.filled import fill
from grants.formbuilder.logic import logic_of

BUDGET = {
    "key": "budget", "kind": "table", "label": "Budget", "confidentiality": "secret",
    "columns": [{"key": "item", "label": "Poste"},
                {"key": "amount", "label": "Montant", "kind": "money"}],
}  # fmt: skip
AID = {"key": "aid", "kind": "money", "label": "Aide", "confidentiality": "public"}
NAME = {"key": "name", "kind": "short_text", "label": "Nom"}
LINES = [{"item": "a", "amount": "100.10"}, {"item": "b", "amount": "199.90"},
         {"item": "c", "amount": None}]  # fmt: skip


def computed(act, *terms, **more):
    """Terms are “question” or “question.column”."""
    of = [dict(zip(("question", "column"), term.split("."), strict=False)) for term in terms]
    formula = {"act": act, "of": of, "as": more.pop("shown_as", "money")}
    return {"key": "total", "kind": "computed", "label": "Total", "formula": formula,
            "confidentiality": "secret", **more}  # fmt: skip


def form(*questions):
    return parse({"sections": [{"key": "one", "title": "Une", "questions": list(questions)}]})


@pytest.mark.parametrize(
    ("question", "aid", "value", "shown"),
    [
        (computed("sum", "budget.amount"), None, "300.00", "300\u202f€"),
        (computed("sum", "budget.amount", "aid"), "0.50", "300.50", "300,50\u202f€"),
        (computed("difference", "budget.amount", "aid"), "400.00", "-100.00", "−100\u202f€"),
        (computed("ratio", "aid", "budget.amount", shown_as="percentage"), "100.00",
         "33.3", "33,3\u202f%"),
        (computed("ratio", "budget.amount", "aid", shown_as="decimal"), "0.00", None, ""),
        (computed("difference", "budget.amount", "aid"), None, None, ""),
    ],
)  # fmt: skip
def test_value_is_computed_from_other_answers(question, aid, value, shown):
    filled = fill(form(BUDGET, AID, question), {"budget": LINES, "aid": aid}, {})

    reply = filled.replies["total"]
    assert (reply.stored, reply.shown) == (value, shown)
    assert reply.is_content is (value is not None)


def test_what_was_stored_under_a_computed_value_is_not_believed():
    asked = form(BUDGET, computed("sum", "budget.amount"))

    assert fill(asked, {"budget": LINES, "total": "9.00"}, {}).value("total") == "300.00"


def test_computed_value_beyond_its_limit_is_a_problem():
    share = computed("ratio", "aid", "budget.amount", shown_as="percentage", most="50")
    asked = form(BUDGET, AID, share)

    right = fill(asked, {"budget": LINES, "aid": "150.00"}, {})
    wrong = fill(asked, {"budget": LINES, "aid": "151.00"}, {})

    assert right.is_ready
    assert [reply.problem for _s, reply in wrong.problems] == ["La valeur maximale est 50."]


def test_computed_value_is_nothing_to_fill_in():
    filled = fill(form(BUDGET, computed("sum", "budget.amount")), {}, {})

    assert filled.sections[0].state == "done"
    assert filled.required == 0


def test_rounding_is_half_up():
    third = computed("ratio", "aid", "budget.amount", shown_as="percentage")
    filled = fill(
        form(BUDGET, AID, third),
        {"budget": [{"item": "a", "amount": "1000.00"}], "aid": "124.50"}, {},
    )  # fmt: skip

    assert filled.value("total") == "12.5"
    assert fill(
        form(BUDGET, AID, third),
        {"budget": [{"item": "a", "amount": "1000.00"}], "aid": "0.50"}, {},
    ).value("total") == "0.1"  # fmt: skip


@pytest.mark.parametrize(
    "question",
    [
        computed("sum"),
        computed("difference", "aid"),
        computed("power", "aid", "aid"),
        computed("sum", "name"),
        computed("sum", "budget"),
        computed("sum", "budget.item"),
        computed("sum", "after"),
        computed("sum", "aid", required=True),
        computed("sum", "aid", fact="requested"),
        computed("sum", "budget.amount", confidentiality="public"),
        {**AID, "key": "total", "formula": {"act": "sum", "of": [{"question": "aid"}]}},
        {**AID, "key": "total", "kind": "computed"},
    ],
)
def test_formula_that_cannot_be_computed_is_refused(question):
    after = {**AID, "key": "after"}
    form(BUDGET, AID, NAME, computed("sum", "aid"), after)

    with pytest.raises(BadDefinition):
        form(BUDGET, AID, NAME, question, after)


def test_page_is_told_the_formulas_and_what_they_look_at():
    asked = form(BUDGET, AID, NAME, computed("difference", "budget.amount", "aid"))

    told = logic_of(fill(asked, {"budget": LINES, "name": "Éclat"}, {}))

    assert told["order"] == ["budget", "aid", "total"]
    assert told["kinds"] == {"budget": "table", "aid": "money"}
    assert told["values"] == {"aid": None, "budget": LINES}
