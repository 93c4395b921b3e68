from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from kim.kernel import fingerprint


def know(apps: Any, schema_editor: Any) -> None:
    """What was asked so far is known by the words it was first asked in."""
    claims, clippings = (apps.get_model("clarification", name) for name in ("Claim", "Clipping"))
    for claim in claims.objects.order_by("id").iterator(500):
        first = claim.reports.order_by("at", "id").first()
        text = first.text if first else ""
        claim.fingerprints.filter(medium="text").update(words=fingerprint.sketch(text))
        clippings.objects.bulk_create([clippings(claim=claim, code=code) for code in fingerprint.clippings(text)])


class Migration(migrations.Migration):
    dependencies = [
        ("clarification", "0003_two_claims_that_are_one"),
    ]

    operations = [
        migrations.AddField(
            model_name="fingerprint",
            name="words",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.IntegerField(),
                default=list,
                help_text="Of a text: a sketch of its words, to be sure of it",
                size=None,
            ),
        ),
        migrations.CreateModel(
            name="Clipping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.BigIntegerField()),
                (
                    "claim",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clippings",
                        to="clarification.claim",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["code", "claim"], name="clipping_code")],
            },
        ),
        migrations.RunPython(know, migrations.RunPython.noop),
    ]
