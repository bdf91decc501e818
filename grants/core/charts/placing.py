"""Where things stand: percentages across, pixels down, labels cut to fit."""

LABEL_LENGTH = 38  # beside its value, on a phone


def percentage(value: float) -> str:
    return f"{min(max(value, 0.0), 100.0):.2f}%"


def shorten(text: str, length: int = LABEL_LENGTH) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
