import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

OURS = ("accounts", "grants", "reviews")


@pytest.mark.parametrize("app", OURS)
def test_migrations_have_one_leaf(app):
    assert len(MigrationLoader(None).graph.leaf_nodes(app)) == 1


@pytest.mark.parametrize("app", OURS)
def test_migrations_have_names(app):
    names = [name for label, name in MigrationLoader(None).disk_migrations if label == app]

    assert names
    assert [name for name in names if "_auto_" in name] == []


@pytest.mark.django_db
def test_models_have_no_change_without_a_migration():
    call_command("makemigrations", *OURS, check=True, dry_run=True, verbosity=0)
