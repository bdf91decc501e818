import pytest

from grants.formbuilder.conditions import as_json, holds, parse_condition
from grants.formbuilder.definition import BadDefinition, parse
from grants.formbuilder.filled import fill
from grants.formbuilder.telling import condition_in_words

AIDED = {"key": "aided", "kind": "yes_no", "label": "Aides reçues ?", "required": True}
COST = {"key": "cost", "kind": "money", "label": "Coût"}
STAGE = {"key": "stage", "kind": "one_of", "label": "Étape", "choices": [["a", "A"], ["b", "B"]]}
PLACES = {
    "key": "places", "kind": "several_of", "label": "Lieux", "choices": [["x", "X"], ["y", "Y"]],
}  # fmt: skip
START = {"key": "start", "kind": "date", "label": "Début"}
DETAIL = {"key": "detail", "kind": "short_text", "label": "Lesquelles ?", "required": True}


def form(*questions):
    return parse({"sections": [{"key": "one", "title": "Une", "questions": list(questions)}]})


def test(question, how, *values):
    return {"question": question, "is": how, **({"value": values[0]} if values else {})}


test.__test__ = False
YES = {"all": [test("aided", "equals", True)]}
CASES = [
    (test("aided", "equals", True), {"aided": True}, True),
    (test("aided", "equals", True), {"aided": False}, False),
    (test("aided", "equals", True), {}, False),
    (test("aided", "differs", True), {"aided": False}, True),
    (test("aided", "differs", True), {}, False),
    (test("aided", "given"), {"aided": False}, True),
    (test("aided", "missing"), {}, True),
    (test("aided", "missing"), {"aided": {"raw": "peut-être"}}, True),
    (test("cost", "at_least", "100.00"), {"cost": "100.00"}, True),
    (test("cost", "at_least", "100.00"), {"cost": "99.99"}, False),
    (test("cost", "above", "100.00"), {"cost": "100.00"}, False),
    (test("cost", "above", "9.00"), {"cost": "10.00"}, True),
    (test("cost", "at_most", "100.00"), {"cost": "100.00"}, True),
    (test("cost", "below", "100.00"), {"cost": "99.99"}, True),
    (test("start", "below", "2027-02-01"), {"start": "2027-01-31"}, True),
    (test("stage", "equals", "b"), {"stage": "a"}, False),
    (test("places", "holds", "x"), {"places": ["y", "x"]}, True),
    (test("places", "lacks", "x"), {"places": ["y"]}, True),
]


@pytest.mark.parametrize(("told", "values", "shown"), CASES)
def test_question_is_asked_when_its_condition_holds(told, values, shown):
    asked = form(AIDED, COST, STAGE, PLACES, START, {**DETAIL, "condition": {"all": [told]}})

    filled = fill(asked, values, {})

    assert filled.replies["detail"].is_hidden is not shown


def test_and_or_nest():
    told = {"any": [{"all": [test("aided", "equals", True), test("cost", "above", "5")]},
                    test("stage", "equals", "b")]}  # fmt: skip
    condition = parse_condition(told)
    kinds = {"aided": "yes_no", "cost": "money", "stage": "one_of"}

    answers = [{"aided": True, "cost": "6"}, {"aided": True, "cost": "5"}, {"stage": "b"}]

    assert [holds(condition, values, kinds) for values in answers] == [True, False, True]
    assert as_json(condition) == told


def test_answer_under_a_hidden_question_is_kept_and_neither_required_nor_content():
    filled = fill(
        form(AIDED, {**DETAIL, "condition": YES}), {"aided": False, "detail": "ADEME"}, {}
    )

    reply = filled.replies["detail"]
    assert reply.stored == "ADEME"
    assert (reply.value, reply.problem, reply.is_content) == (None, "", False)
    assert filled.is_ready
    assert (filled.required, filled.settled) == (1, 1)


def test_shown_question_is_required_again():
    filled = fill(form(AIDED, {**DETAIL, "condition": YES}), {"aided": True}, {})

    assert [reply.question.key for _section, reply in filled.problems] == ["detail"]


def test_wrong_text_under_a_hidden_question_stops_nothing():
    wrong = {"aided": False, "detail": {"raw": "a\ufffdb" * 200}}
    hidden = fill(form(AIDED, {**DETAIL, "condition": YES}), wrong, {})

    assert hidden.is_ready
    assert not fill(form(AIDED, DETAIL), wrong, {}).is_ready


def test_hidden_answer_counts_as_none_for_what_depends_on_it():
    last = {**DETAIL, "key": "last", "condition": {"all": [test("detail", "given")]}}
    asked = form(AIDED, {**DETAIL, "condition": YES}, last)

    assert fill(asked, {"aided": False, "detail": "ADEME"}, {}).replies["last"].is_hidden
    assert not fill(asked, {"aided": True, "detail": "ADEME"}, {}).replies["last"].is_hidden


def test_reopening_a_question_opens_what_depends_on_it():
    asked = form(AIDED, {**DETAIL, "condition": YES}, COST)

    filled = fill(asked, {}, {}, asked={"aided"})

    assert [reply.is_asked for reply in filled.replies.values()] == [True, True, False]


@pytest.mark.parametrize(
    "condition",
    [
        {"all": []},
        {"some": [test("aided", "given")]},
        {"all": [test("later", "given")]},
        {"all": [test("detail", "given")]},
        {"all": [test("cost", "holds", "x")]},
        {"all": [test("stage", "equals", "gone")]},
        {"all": [test("aided", "resembles", True)]},
    ],
)
def test_condition_that_cannot_be_judged_is_refused(condition):
    later = {**COST, "key": "later"}
    form(AIDED, COST, STAGE, {**DETAIL, "condition": YES}, later)

    with pytest.raises(BadDefinition):
        form(AIDED, COST, STAGE, {**DETAIL, "condition": condition}, later)


def test_question_that_feeds_the_lists_has_no_condition():
    title = {**DETAIL, "key": "title", "fact": "title"}
    form(AIDED, title)

    with pytest.raises(BadDefinition, match="posée à tous"):
        form(AIDED, {**title, "condition": YES})


def test_condition_is_told_in_words():
    told = {"all": [test("aided", "equals", True), test("cost", "at_least", "1000.00")]}
    asked = form(AIDED, COST, {**DETAIL, "condition": told})

    words = condition_in_words(asked.questions["detail"].condition, asked.questions)

    assert words == (
        "«\u202fAides reçues ?\u202f» est «\u202fOui\u202f» et "
        "«\u202fCoût\u202f» vaut au moins 1\u202f000\u202f€"
    )
