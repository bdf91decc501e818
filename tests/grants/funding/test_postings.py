"""The chart of accounts holds together, without a database."""

from grants.funding.postings import ADDING, FIGURES, OF_YEAR, POSTINGS, TAKING, Account, Kind


def test_every_kind_moves_between_two_accounts_of_one_chain():
    of_payment = {Account.CP_FUNDERS, Account.CP_TRANSFERS, Account.CP_AVAILABLE, Account.PAID}

    assert set(POSTINGS) == set(Kind)
    for kind, (credit, debit) in POSTINGS.items():
        assert credit != debit
        assert (credit in of_payment) == (debit in of_payment) == (kind in OF_YEAR)


def test_each_kind_has_its_opposite():
    pairs = set(POSTINGS.values())

    assert {(debit, credit) for credit, debit in pairs} == pairs
    assert len(ADDING) == len(TAKING) == len(Kind) // 2


def test_the_figure_of_an_account_is_its_balance():
    """An entry of 10 in every kind leaves debit less credit on each account."""
    for account in Account:
        kinds, sign = FIGURES[account]
        signed = {kind: 10 if kind in ADDING else -10 for kind in kinds}
        balance = sum(10 if POSTINGS[kind][1] == account else -10 for kind in kinds)
        assert sum(signed.values()) * sign == balance
        for kind in kinds:
            assert signed[kind] * sign == (10 if POSTINGS[kind][1] == account else -10)
