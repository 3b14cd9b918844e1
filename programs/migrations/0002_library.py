"""Give every installation the exercise library."""

from django.db import migrations

from programs.library import load


def forwards(apps, schema_editor):
    load(apps.get_model("programs", "Exercise")._default_manager)


class Migration(migrations.Migration):

    dependencies = [("programs", "0001_initial")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
