"""The digests, computed again by hand."""

import hashlib

from grants.history.chain import START, after, canonical, digest_of, root_of


def test_a_head_is_the_digest_of_the_head_before_and_of_the_row():
    leaf = hashlib.sha256(b"row").digest()
    by_hand = hashlib.sha256(f"{START}\ngrants_answerevent\n7\n".encode() + leaf).hexdigest()

    assert after(START, table="grants_answerevent", key=7, leaf=leaf) == by_hand


def test_the_order_of_two_rows_changes_the_head():
    one, two = (hashlib.sha256(text).digest() for text in (b"1", b"2"))
    forth = after(after(START, table="t", key=1, leaf=one), table="t", key=2, leaf=two)
    back = after(after(START, table="t", key=2, leaf=two), table="t", key=1, leaf=one)

    assert forth != back


def test_the_root_of_three_chains_is_that_of_a_tree():
    def leaf(text):
        return hashlib.sha256(b"\0" + text.encode()).digest()

    def node(left, right):
        return hashlib.sha256(b"\1" + left + right).digest()

    heads = {"b": (2, "bb"), "a": (1, "aa"), "c": (3, "cc")}
    by_hand = node(node(leaf("a\n1\naa"), leaf("b\n2\nbb")), leaf("c\n3\ncc"))

    assert root_of(heads) == by_hand.hex()
    assert root_of({}) == START


def test_a_chain_of_another_length_or_head_changes_the_root():
    assert len({root_of({"a": (1, "x")}), root_of({"a": (2, "x")}), root_of({"a": (1, "y")})}) == 3


def test_a_content_has_one_text():
    assert canonical({"é": 1, "a": [True, None]}) == '{"a":[true,null],"é":1}'
    assert digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})
