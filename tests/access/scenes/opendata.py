from tests.access.cast import Cast
from tests.grants.opendata.announced import make_award


def with_an_award(state):
    cast = Cast()
    make_award(programme=cast.programme)
    return cast, [], {}


SCENES = dict.fromkeys(
    [
        "opendata:public",
        "opendata:awards",
        "opendata:awards_csv",
        "opendata:eligibility",
        "opendata:accessibility",
        "opendata:legal",
    ],
    with_an_award,
)
