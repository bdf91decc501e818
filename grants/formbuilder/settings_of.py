"""Between the settings of a question as typed and the JSON that is stored, kind by kind."""

from decimal import Decimal

from django.utils.translation import gettext as _

from grants.formbuilder import kinds
from grants.formbuilder.answers import read, text_of
from grants.formbuilder.building import free_key
from grants.formbuilder.conditions import NUMBERS, WITHOUT_VALUE, Condition, comparisons_for
from grants.formbuilder.definition import Question
from grants.formbuilder.settings_fields import COLUMN_KINDS, NUMERIC

EDITED = ("label", "help", "required", "confidentiality")
CHOICES_APART = ";"


def initial(stored, section):
    """What the fields show of a stored question."""
    shown = {name: stored[name] for name in EDITED if name in stored}
    for name in ("words", "characters", "agree", "rows_least", "rows_most", "files_most"):
        shown[name] = stored.get(name)
    for name in ("least", "most"):
        shown[name] = kinds.shown(Decimal(stored[name])) if stored.get(name) is not None else ""
    return {
        "confidentiality": "after_decision",
        **shown,
        "section": section,
        "choices": [{"key": key, "label": label} for key, label in stored.get("choices", ())],
        "columns": [column_as_typed(column) for column in stored.get("columns", ())],
    }


def column_as_typed(column):
    return {
        "key": column["key"],
        "label": column["label"],
        "kind": column.get("kind", "short_text"),
        "choices": f"{CHOICES_APART} ".join(label for _key, label in column.get("choices", ())),
        "required": "true" if column.get("required") else "false",
        "total": "true" if column.get("total") else "false",
    }


def is_nested(question: Question | None):
    """Such a condition was written elsewhere: this page shows it and leaves it alone."""
    parts = question.condition.parts if question and question.condition else ()
    return any(isinstance(part, Condition) for part in parts)


def logic_as_typed(question: Question | None, earlier):
    """Initial values of condition and formula."""
    shown = {}
    condition, formula = (question.condition, question.formula) if question else (None, None)
    if condition and not is_nested(question):
        shown["joined"] = condition.joined
        shown["condition"] = [
            {"question": part.question, "is": part.how, "value": value_as_typed(part, earlier)}
            for part in condition.parts
        ]
    if formula:
        shown |= {"act": formula.act, "shown_as": formula.shown_as}
        shown["terms"] = [
            {"term": f"{term.question}.{term.column}" if term.column else term.question}
            for term in formula.terms
        ]
    return shown


def value_as_typed(part, earlier):
    asked = earlier.get(part.question)
    if asked is None or part.value is None:
        return ""
    if asked.kind == "yes_no":
        return _("oui") if part.value else _("non")
    if asked.choices:
        return next((c.label for c in asked.choices if c.key == part.value), part.value)
    if asked.kind == "computed":
        return kinds.shown(Decimal(str(part.value)))
    return text_of(asked, part.value)


def faults(kind, typed_values, earlier):
    """(field, sentence) for each setting that makes no question."""
    for name in ("least", "most"):
        if typed_values.get(name) and number_in(kind, typed_values[name]) is None:
            yield name, _("Écrivez un nombre en chiffres, par exemple 12,5.")
    if "choices" in typed_values and len(typed_values["choices"]) < 2:
        yield "choices", _("Proposez au moins deux choix.")
    if kind == "table":
        yield from table_faults(typed_values)
    if kind == "computed":
        yield from formula_faults(typed_values)
    for row in typed_values.get("condition") or ():
        if error := comparison_fault(row, earlier):
            yield "condition", error


def table_faults(typed_values):
    if not typed_values["columns"]:
        yield "columns", _("Un tableau a au moins une colonne.")
    for row in typed_values["columns"]:
        if not row.get("label") or row.get("kind") not in COLUMN_KINDS:
            yield "columns", _("Chaque colonne a un nom et une nature.")
        elif row["kind"] == "one_of" and len(choice_labels(row)) < 2:
            yield (
                "columns",
                _("« %(label)s » : écrivez ses choix, séparés par « ; ».")
                % {"label": row["label"]},
            )


def formula_faults(typed_values):
    needed = 1 if typed_values["act"] == "sum" else 2
    if len(typed_values["terms"]) < needed:
        yield (
            "terms",
            _("Ce calcul demande au moins %(n)d termes.") % {"n": needed}
            if needed > 1
            else _("Choisissez au moins un terme."),
        )


def comparison_fault(row, earlier):
    asked = earlier.get(row.get("question", ""))
    if asked is None:
        return _("Choisissez la question dont dépend celle-ci, parmi les précédentes.")
    if row.get("is") not in comparisons_for(asked.kind):
        return _("Cette comparaison ne convient pas à « %(label)s ».") % {"label": asked.label}
    if row["is"] not in WITHOUT_VALUE and value_in(asked, row.get("value", "")) is None:
        return _("« %(value)s » n’est pas une réponse possible à « %(label)s ».") % {
            "value": row.get("value", ""),
            "label": asked.label,
        }
    return ""


def number_in(kind, text):
    reader = kinds.read_decimal if kind == "computed" else kinds.READ[kind]
    unlimited = Question("limit", "", kind, least=Decimal("-1E15"))
    try:
        return Decimal(str(reader(unlimited, text.strip())))
    except ValueError:
        return None


def value_in(asked, text):
    """A typed value as an answer to that question would be stored; None when it is none."""
    text = text.strip()
    if asked.choices:
        wanted = text.casefold()
        return next(
            (c.key for c in asked.choices if wanted in {c.label.casefold(), c.key.casefold()}), None
        )
    if asked.kind in NUMBERS:
        number = number_in(asked.kind, text)
        return None if number is None else str(number)
    reading = read(asked, text)
    return None if reading.error else reading.value


def stored_question(kind, stored, typed_values, earlier):
    """The JSON of the question; settings this page does not know stay as they were."""
    question = {**stored, "kind": kind}
    for name in (*EDITED, "words", "characters", "agree", "rows_least", "rows_most", "files_most"):
        if name in typed_values:
            put(question, name, typed_values[name])
    put_limits(question, kind, typed_values)
    if "choices" in typed_values:
        question["choices"] = keyed_choices(typed_values["choices"])
    if "columns" in typed_values:
        question["columns"] = keyed_columns(typed_values["columns"], stored.get("columns", ()))
    if "terms" in typed_values:
        question["formula"] = formula_in(typed_values)
    if "condition" in typed_values:
        put(question, "condition", condition_in(typed_values, earlier))
    return question


def put_limits(question, kind, typed_values):
    for name in ("least", "most"):
        if name in typed_values:
            number = number_in(kind, typed_values[name]) if typed_values[name] else None
            put(question, name, None if number is None else str(number))


def put(question, name, value):
    """Nothing is stored of what says nothing."""
    if value in (None, "", False):
        question.pop(name, None)
    else:
        question[name] = value


def keyed_choices(rows):
    """A choice keeps its key whatever its label becomes."""
    taken = {row["key"] for row in rows if row.get("key")}
    choices = []
    for row in rows:
        key = row.get("key") or free_key(row["label"], taken)
        taken.add(key)
        choices.append([key, row["label"]])
    return choices


def keyed_columns(rows, before):
    """A column keeps its key while its nature stays; another nature is another column."""
    known = {column["key"]: column for column in before}
    taken = set(known)
    columns = []
    for row in rows:
        old = known.get(row.get("key", ""), {})
        if old.get("kind", "short_text") != row["kind"]:
            old = {}
        key = old.get("key") or free_key(row["label"], taken)
        taken.add(key)
        column = {**old, "key": key, "label": row["label"], "kind": row["kind"]}
        put(column, "required", row.get("required") == "true")
        put(column, "total", row.get("total") == "true" and row["kind"] in NUMERIC)
        put(column, "choices", column_choices(row, old) if row["kind"] == "one_of" else None)
        columns.append(column)
    return columns


def column_choices(row, old):
    keys = {label: key for key, label in old.get("choices", ())}
    rows = [{"label": label, "key": keys.get(label, "")} for label in choice_labels(row)]
    return keyed_choices(rows)


def choice_labels(row):
    labels = (label.strip() for label in row.get("choices", "").split(CHOICES_APART))
    return [label for label in labels if label]


def formula_in(typed_values):
    terms = [dict(zip(("question", "column"), row["term"].split("."), strict=False))
             for row in typed_values["terms"]]  # fmt: skip
    return {"act": typed_values["act"], "of": terms, "as": typed_values["shown_as"]}


def condition_in(typed_values, earlier):
    parts = [comparison_in(row, earlier) for row in typed_values["condition"]]
    return {typed_values["joined"] or "all": parts} if parts else None


def comparison_in(row, earlier):
    told = {"question": row["question"], "is": row["is"]}
    if row["is"] in WITHOUT_VALUE:
        return told
    return {**told, "value": value_in(earlier[row["question"]], row["value"])}
