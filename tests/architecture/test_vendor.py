"""What we serve of others is exactly what they published, and its licence comes along."""

import hashlib
import json

import pytest
from django.conf import settings

VENDOR = settings.BASE_DIR / "config" / "static" / "vendor"
PACKAGES = json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))
SERVED = [package for package in PACKAGES if package["folder"]]


@pytest.mark.parametrize("package", SERVED, ids=lambda package: package["name"])
def test_files_of_a_package_are_the_published_ones(package):
    folder = VENDOR / package["folder"]
    found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}

    assert found == package["files"]
    assert "LICENSE" in found


def test_every_vendor_folder_is_declared():
    folders = {entry.name for entry in VENDOR.iterdir() if entry.is_dir()}

    assert folders == {package["folder"] for package in SERVED}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_package_says_where_it_comes_from(package):
    assert package["integrity"].startswith("sha512-")
    assert package["version"] in package["tarball"]
    assert package["licence"]
