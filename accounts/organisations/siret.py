"""The number that names an establishment: 14 digits, a check digit, and La Poste's own rule."""

from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength, ValidationError
from stdnum.fr import siret

# What people paste between the groups; digits of other scripts are not digits here.
SEPARATORS = dict.fromkeys(map(ord, " .-\u00a0\u202f\u2009\t"))


class NotASiret(ValueError):
    """The text is no SIRET; `code` says which way: format, length or checksum."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_siret(text: str) -> str:
    """Return the 14 digits, or raise NotASiret."""
    bare = text.translate(SEPARATORS)
    if not (bare.isascii() and bare.isdigit()):
        raise NotASiret("format")
    try:
        return siret.validate(bare)
    except InvalidLength as error:
        raise NotASiret("length") from error
    except (InvalidChecksum, InvalidFormat, ValidationError) as error:
        raise NotASiret("checksum") from error


def spaced(digits: str) -> str:
    """362 521 879 00034, the way it is printed on a Kbis."""
    return "\u202f".join((digits[:3], digits[3:6], digits[6:9], digits[9:]))
