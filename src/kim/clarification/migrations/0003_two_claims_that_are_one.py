import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clarification", "0002_how_it_spread"),
    ]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="into",
            field=models.ForeignKey(
                help_text="The claim that it turned out to be",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="folded",
                to="clarification.claim",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="folded_from",
            field=models.ForeignKey(
                db_index=False,
                help_text="The claim it was put to first",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="clarification.claim",
            ),
        ),
        migrations.AlterField(
            model_name="claim",
            name="reason",
            field=models.CharField(
                blank=True, help_text="Why it was withdrawn, set aside or folded", max_length=500, verbose_name="alasan"
            ),
        ),
        migrations.AlterField(
            model_name="claim",
            name="stage",
            field=models.CharField(
                choices=[
                    ("asked", "Ditanyakan"),
                    ("checked", "Dicek KIM"),
                    ("sent", "Menunggu putusan"),
                    ("answered", "Dijawab"),
                    ("withdrawn", "Jawaban ditarik"),
                    ("set_aside", "Tidak dicek"),
                    ("folded", "Digabung"),
                ],
                default="asked",
                max_length=9,
            ),
        ),
        migrations.AlterField(
            model_name="sighting",
            name="stage",
            field=models.CharField(
                choices=[
                    ("asked", "Ditanyakan"),
                    ("checked", "Dicek KIM"),
                    ("sent", "Menunggu putusan"),
                    ("answered", "Dijawab"),
                    ("withdrawn", "Jawaban ditarik"),
                    ("set_aside", "Tidak dicek"),
                    ("folded", "Digabung"),
                ],
                help_text="Of the claim",
                max_length=9,
            ),
        ),
    ]
