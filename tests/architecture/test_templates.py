import re
from pathlib import Path

import allauth

from tests.architecture.sources import ROOT, name_of, python_files, templates

# Found by name by Django or by the sign-in library (`account/` overrides its pages and letters);
# icons are one vendored set.
BY_CONVENTION = re.compile(r"^(\d{3}(_csrf)?\.html|(account|bootstrap5|components/icons)/.*)$")


def test_every_template_is_used():
    code = "\n".join(
        path.read_text() for path in python_files("accounts", "config", "grants", "reviews")
    )
    kinds = {".html", ".txt", ".typ"}
    pages = "\n".join(path.read_text() for path in templates() if path.suffix in kinds)
    unused = {name_of(path) for path in templates() if not is_used(path, code, pages)}

    assert unused == set()


def is_used(path, code, pages):
    name = str(path.relative_to(ROOT / "templates"))
    if BY_CONVENTION.match(name):
        return True
    if name.startswith(("notifications/", "print/")):
        family = path.stem.rpartition("_")[0]
        found = f'"{name}"' in code + pages or f'"{path.name}"' in pages
        return found or f'"{path.stem}"' in code or f'f"{family}_{{' in code
    return f'"{name}"' in code + pages or f"'{name}'" in pages or f'"{path.name}"' in code


def test_overrides_replace_templates_the_sign_in_library_has():
    theirs = Path(allauth.__file__).parent / "templates" / "account"
    ours = ROOT / "templates" / "account"
    names = {str(path.relative_to(ours)) for path in ours.rglob("*") if path.is_file()}

    assert {name for name in names if not (theirs / name).exists()} == {
        "_form.html",
        "email/_letter.txt",
    }
