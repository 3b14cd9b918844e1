"""Bring the exercise library of an existing installation up to the fixture."""

from django.db import migrations

from programs.library import load


def forwards(apps, schema_editor):
    load(apps.get_model("programs", "Exercise")._default_manager)


class Migration(migrations.Migration):

    dependencies = [("programs", "0002_library")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
