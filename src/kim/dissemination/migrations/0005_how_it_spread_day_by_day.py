import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The foreign key is looked at at once, so that the column may be altered in the same transaction.
NAME_THE_PACKET = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE dissemination_coverage c SET bulletin_id = a.bulletin_id FROM dissemination_assignment a WHERE a.id = c.assignment_id;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dissemination", "0004_questions_of_readers"),
        ("media", "0001_initial"),
        ("publishing", "0003_taken_down"),
        ("regions", "0002_population"),
        ("registry", "0004_decree_that_counts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="coverage",
            name="bulletin",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="dissemination.bulletin",
            ),
        ),
        migrations.RunSQL(NAME_THE_PACKET, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="coverage",
            name="bulletin",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="dissemination.bulletin",
            ),
        ),
        migrations.AddField(
            model_name="tally",
            name="checks",
            field=models.JSONField(default=dict, help_text="CallBack → reports that were drawn, by what the call said"),
        ),
        migrations.AddField(
            model_name="tally",
            name="days",
            field=models.JSONField(
                default=dict, help_text="`opened 2026-11-28` → KIM on that day, by the clock of the village"
            ),
        ),
        migrations.AddField(
            model_name="tally",
            name="readers",
            field=models.PositiveIntegerField(
                default=0, help_text="Daily visits of the KIM's own articles and the packet's page"
            ),
        ),
        migrations.AddField(
            model_name="tally",
            name="readers_sketch",
            field=models.BinaryField(default=b""),
        ),
        migrations.AddField(
            model_name="tally",
            name="readers_upto",
            field=models.DateField(help_text="The last day whose readers are in the sketch", null=True),
        ),
        migrations.AlterField(
            model_name="tally",
            name="channels",
            field=models.JSONField(default=dict, help_text="Channel → KIM that used it"),
        ),
        migrations.AlterField(
            model_name="tally",
            name="reasons",
            field=models.JSONField(default=dict, help_text="Decline → KIM that said so"),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(("article__isnull", False)), fields=["bulletin", "id"], name="assignment_retold"
            ),
        ),
        migrations.AddIndex(
            model_name="coverage",
            index=models.Index(
                models.F("bulletin"),
                models.OrderBy(models.F("at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("questions", ""), _negated=True),
                name="coverage_asked",
            ),
        ),
    ]
