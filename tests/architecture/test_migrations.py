import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from grants.core.first_tables import FirstTables

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


@pytest.mark.parametrize("app", ["grants", "reviews"])
def test_many_tables_are_made_at_once(app):
    first = MigrationLoader(None).get_migration(app, "0001_initial")

    assert isinstance(first, FirstTables)


@pytest.mark.django_db
@pytest.mark.parametrize("app", OURS)
def test_every_constraint_index_and_trigger_of_a_model_stands_in_the_database(app):
    standing = asked(
        "SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes"
        " UNION SELECT tgname FROM pg_trigger"
    )
    declared = {one.name for model in models_of(app) for one in bounds(model)}
    declared |= {one.get_pgid(model) for model in models_of(app) for one in triggers(model)}

    assert len(declared) > 15
    assert declared - {name for (name,) in standing} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("app", OURS)
def test_every_link_of_a_model_is_held_by_the_database(app):
    held = asked(
        "SELECT conrelid::regclass::text, attname, confrelid::regclass::text"
        " FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]"
        " WHERE contype = 'f'"
    )
    declared = {
        (model._meta.db_table, field.column, field.related_model._meta.db_table)
        for model in models_of(app)
        for field in model._meta.local_concrete_fields
        if field.remote_field and field.db_constraint
    }

    assert len(declared) > 5
    assert declared - held == set()


def asked(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return set(cursor.fetchall())


def models_of(app):
    return [model for model in apps.get_app_config(app).get_models() if not model._meta.proxy]


def bounds(model):
    return [*model._meta.constraints, *model._meta.indexes]


def triggers(model):
    return getattr(model._meta, "triggers", ())
