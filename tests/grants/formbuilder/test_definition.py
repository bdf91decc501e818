import pytest

from grants.formbuilder.definition import FACTS, BadDefinition, parse
from grants.formbuilder.filled import fill
from grants.formbuilder.starter import standard_form

NAME = {"key": "name", "kind": "short_text", "label": "Nom", "required": True}
NOTE = {"key": "note", "kind": "money", "label": "Montant"}
ACCOUNTS = {"key": "accounts", "kind": "file", "label": "Comptes", "required": True}


def form(*questions):
    return {"sections": [{"key": "one", "title": "Une", "questions": list(questions)}]}


def test_standard_form_is_a_form_that_fills_every_fact():
    definition = parse(standard_form([("energie", "Énergie")]))

    assert {q.fact for q in definition.questions.values() if q.fact} == FACTS
    assert len(definition.sections) == 8
    assert [c.key for c in definition.questions["theme"].choices] == ["energie"]
    assert len(definition.questions["department"].choices) == 13
    assert definition.questions["bank"].confidentiality == "bank"


@pytest.mark.parametrize(
    "questions",
    [
        [NAME, NAME],
        [{**NAME, "kind": "poem"}],
        [{**NAME, "fact": "password"}],
        [{**NAME, "confidentiality": "friends"}],
        [{**NAME, "kind": "one_of"}],
        [{**NAME, "kind": "table"}],
        [{**NAME, "kind": "table", "columns": [{"key": "a", "label": "A", "kind": "file"}]}],
        [{**NAME, "colour": "red"}],
        [{"key": "name", "kind": "short_text"}],
        [{**NAME, "fact": "title"}, {**NOTE, "fact": "title"}],
    ],
)
def test_form_that_cannot_be_asked_is_refused(questions):
    parse(form(NAME))

    with pytest.raises(BadDefinition):
        parse(form(*questions))


@pytest.mark.parametrize(
    ("values", "files", "state"),
    [
        ({}, {}, "todo"),
        ({"note": "1.00"}, {}, "doing"),
        ({"name": "Éclat"}, {}, "doing"),
        ({"name": "Éclat"}, {"accounts": ["f"]}, "done"),
        ({"name": "Éclat", "note": {"raw": "1e5"}}, {"accounts": ["f"]}, "check"),
    ],
)
def test_section_tells_how_far_it_is(values, files, state):
    filled = fill(parse(form(NAME, NOTE, ACCOUNTS)), values, files)

    assert filled.sections[0].state == state
    assert filled.is_ready == (state == "done")


def test_problems_name_the_question_and_what_to_do():
    filled = fill(parse(form(NAME, NOTE, ACCOUNTS)), {"note": {"raw": "1e5"}}, {})

    assert [(reply.question.key, reply.problem) for _section, reply in filled.problems] == [
        ("name", "Cette réponse est nécessaire."),
        ("note", "Écrivez un montant en euros, par exemple 148 500 ou 148 500,50."),
        ("accounts", "Cette pièce est nécessaire."),
    ]


def test_only_what_was_asked_is_open():
    filled = fill(parse(form(NAME, NOTE)), {}, {}, asked={"note"})

    assert [reply.is_asked for reply in filled.sections[0].replies] == [False, True]
    assert fill(parse(form(NAME)), {}, {}, asked={"note"}).unfinished is None


def test_choices_of_the_standard_form_can_be_told_apart():
    definition = parse(standard_form([("energie", "Énergie")]))
    asked = [one for q in definition.questions.values() for one in (q, *q.columns) if one.choices]

    assert all(len({choice.key for choice in one.choices}) == len(one.choices) for one in asked)
    links = next(c for c in definition.questions["related_companies"].columns if c.key == "link")
    assert links.choices[0].label == "Société mère"


def test_a_choice_is_a_pair_or_names_its_parts():
    asked = {"key": "q", "kind": "one_of", "label": "Q"}
    pair, named = ["a", "A"], {"key": "b", "label": "B"}
    section = {"key": "s", "title": "S", "questions": [{**asked, "choices": [pair, named]}]}

    choices = parse({"sections": [section]}).questions["q"].choices

    assert [(choice.key, choice.label) for choice in choices] == [("a", "A"), ("b", "B")]
