import pytest

from grants.core import strict_json as strict


def test_a_byte_order_mark_is_accepted():
    assert strict.read_object(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"\xff", "not UTF-8 text: byte 0"),
        (b"", "not valid JSON"),
        (b'{"a": NaN}', "NaN is not a number"),
        (b'{"a": -Infinity}', "-Infinity is not a number"),
        (b'{"a": 1, "a": 2}', "a comes twice"),
        (b"[1]", "an object was expected"),
        (b"[" * 100_000, "nested too deep"),
    ],
)
def test_text_that_is_not_one_sound_object_is_refused(raw, message):
    with pytest.raises(ValueError, match=message):
        strict.read_object(raw)


@pytest.mark.parametrize("value", [True, 1.5, "3", None, -1, 10**16])
def test_whole_refuses_what_is_not_a_count(value):
    with pytest.raises(ValueError, match="here:"):
        strict.whole(value, "here")


@pytest.mark.parametrize("value", [False, "1", -0.1, float("inf"), 1e300])
def test_number_refuses_what_is_not_a_finite_size(value):
    with pytest.raises(ValueError, match="here:"):
        strict.number(value, "here")


@pytest.mark.parametrize("value", ["", "  ", "a\x00b", 3])
def test_text_refuses_blanks_and_nul(value):
    with pytest.raises(ValueError, match="here:"):
        strict.text(value, "here")


def test_missing_and_unknown_keys_are_named():
    with pytest.raises(ValueError, match="missing a, b"):
        strict.check_keys({}, "here", required=("b", "a"))
    with pytest.raises(ValueError, match="unknown c"):
        strict.check_keys({"a": 1, "c": 2}, "here", required=("a",))


def test_something_else_than_a_list_is_refused_with_its_place():
    assert strict.sequence([1], "dossiers") == [1]
    with pytest.raises(ValueError, match="dossiers: a list was expected"):
        strict.sequence({"D1": 1}, "dossiers")
