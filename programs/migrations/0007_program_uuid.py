from django.db import migrations, models

from clients.ids import new_id


def name_each(apps, schema_editor):
    Program = apps.get_model("programs", "Program")
    for pk in Program.objects.filter(uuid=None).values_list("pk", flat=True).iterator():
        Program.objects.filter(pk=pk).update(uuid=new_id())


class Migration(migrations.Migration):

    dependencies = [
        ("programs", "0006_imports"),
    ]

    operations = [
        migrations.AddField("program", "uuid", models.UUIDField(null=True, editable=False)),
        migrations.RunPython(name_each, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            "program", "uuid", models.UUIDField(default=new_id, editable=False, unique=True)
        ),
    ]
