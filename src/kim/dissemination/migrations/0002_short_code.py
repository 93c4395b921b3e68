"""Every packet that was sent out has a short code."""

from django.db import migrations, models

from kim.kernel.ids import short_code


def give_codes(apps, schema_editor):
    """Seven signs by chance: among so few packets two alike are never seen, and the constraint would say so."""
    bulletins = apps.get_model("dissemination", "Bulletin").objects
    for one in bulletins.filter(stage__in=("issued", "withdrawn"), short_code=None).iterator():
        bulletins.filter(pk=one.pk).update(short_code=short_code(7))


class Migration(migrations.Migration):
    dependencies = [("dissemination", "0001_a_packet_and_its_copies")]

    operations = [
        migrations.AddField(
            model_name="bulletin",
            name="short_code",
            field=models.CharField(help_text="/info/<code>/ and /k/<code>/, for ever", max_length=10, null=True),
        ),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="bulletin",
            constraint=models.UniqueConstraint(fields=("short_code",), name="one_bulletin_per_short_code"),
        ),
    ]
