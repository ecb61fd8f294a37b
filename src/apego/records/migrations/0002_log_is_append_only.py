from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = """
CREATE TRIGGER log_lines_stay_{what} BEFORE {what} ON records_line
BEGIN SELECT RAISE(ABORT, 'a line of the log stays as it is'); END
"""
POSTGRES_FUNCTION = """
CREATE FUNCTION log_lines_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a line of the log stays as it is'; END $$
"""
POSTGRES = """
CREATE TRIGGER log_lines_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON records_line
FOR EACH STATEMENT EXECUTE FUNCTION log_lines_stay()
"""


def guard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "sqlite":
        for what in ("UPDATE", "DELETE"):
            editor.execute(SQLITE.format(what=what))
    else:
        editor.execute(POSTGRES_FUNCTION)
        editor.execute(POSTGRES)


def unguard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "sqlite":
        for what in ("UPDATE", "DELETE"):
            editor.execute(f"DROP TRIGGER IF EXISTS log_lines_stay_{what}")
    else:
        editor.execute("DROP TRIGGER IF EXISTS log_lines_stay ON records_line")
        editor.execute("DROP FUNCTION IF EXISTS log_lines_stay()")


class Migration(migrations.Migration):
    dependencies = [("records", "0001_start")]
    operations = [migrations.RunPython(guard, unguard)]
