"""Words inside titles and near-identical texts are found by PostgreSQL's trigrams.

Stands before the numbered migrations of both apps so that their indexes find the extension;
`pg_trgm` is trusted, the owner of the database may create it.
"""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = []
    run_before = [("accounts", "__first__")]
    operations = [TrigramExtension()]
