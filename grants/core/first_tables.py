"""The first migration of an app: every table made once, from its last state.

Django applies a migration operation by operation and draws all models again after each: for two
hundred triggers on sixty models, nine tenths of what `migrate` took. Nothing stands in an empty
database, so the intermediate states serve nobody.
"""

from django.db import migrations
from pgtrigger.migrations import AddTrigger

# What making a table from its last state has already put into it.
WITH_THE_TABLE = (migrations.AddField, migrations.AddConstraint, migrations.AddIndex)


class FirstTables(migrations.Migration):
    """Base of a generated `0001_initial`, which must stay the first one of its app."""

    initial = True

    def apply(self, project_state, schema_editor, collect_sql=False):
        """Both states at once, then each table, trigger and statement in the order written.

        Tables are made from a state without triggers: some name tables made after theirs.
        """
        state, tables = undrawn(project_state), undrawn(project_state)
        for operation in self.operations:
            operation.state_forwards(self.app_label, state)
            if not isinstance(operation, AddTrigger):
                operation.state_forwards(self.app_label, tables)
        for operation in self.operations:
            if not isinstance(operation, WITH_THE_TABLE):
                operation.database_forwards(self.app_label, schema_editor, tables, tables)
        return state


def undrawn(project_state):
    """A copy whose models are drawn when first asked for, not after each change."""
    copy = project_state.clone()
    copy.__dict__.pop("apps", None)
    return copy
