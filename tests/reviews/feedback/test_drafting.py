from reviews.feedback.drafting import HIDDEN, Comment, Reading, drafted, named_in

PEOPLE, HOUSES = ["Solange Arnal"], ["Laboratoire Gaïa"]


def draft(*readings, top=5):
    return drafted(readings, [1, 2], top=top, people=PEOPLE, houses=HOUSES)


def reading(*comments, strengths="", weaknesses=""):
    return Reading(tuple(Comment(*one) for one in comments), strengths, weaknesses)


def test_a_comment_goes_with_the_half_its_mark_is_in():
    found = draft(reading((1, 3, "Brevet solide."), (2, 2, "Marché flou.")))

    assert (found[1].strengths, found[1].weaknesses) == ("Brevet solide.", "")
    assert (found[2].strengths, found[2].weaknesses) == ("", "Marché flou.")


def test_lines_come_once_and_in_an_order_that_names_nobody():
    first = reading(strengths="Équipe soudée.\nBrevet déposé.")
    second = reading(strengths="brevet déposé.\nAncrage local.")

    one, other = draft(first, second), draft(second, first)

    assert one[None].strengths == "Ancrage local.\nBrevet déposé.\nÉquipe soudée."
    assert other[None].strengths.casefold() == one[None].strengths.casefold()


def test_names_addresses_and_marks_are_taken_out():
    text = "Vu par Solange Arnal (s.arnal@gaia.fr, Laboratoire Gaïa) : je mets 2/5, Arnal."

    found = draft(reading(weaknesses=text))[None].weaknesses

    assert found == f"Vu par {HIDDEN} ({HIDDEN}, {HIDDEN}) : je mets {HIDDEN}, {HIDDEN}."


def test_a_dossier_without_readings_has_empty_drafts():
    found = draft()

    assert {key: (one.strengths, one.weaknesses) for key, one in found.items()} == {
        1: ("", ""), 2: ("", ""), None: ("", ""),
    }  # fmt: skip


def test_a_name_is_found_whatever_its_capitals():
    assert named_in("Selon SOLANGE ARNAL", PEOPLE)
    assert not named_in("Selon un lecteur", PEOPLE)


def test_the_common_words_of_an_organisation_stay():
    found = draft(reading(strengths="Le Laboratoire de l’entreprise est équipé."))

    assert found[None].strengths == "Le Laboratoire de l’entreprise est équipé."
