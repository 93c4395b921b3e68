from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("media", "0001_initial"),
        ("registry", "0003_lists_at_any_size"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="decree",
            index=models.Index(
                models.F("kim"),
                models.OrderBy(models.F("issued_on"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("stage", "accepted")),
                include=("valid_until", "number"),
                name="decree_that_counts",
            ),
        ),
    ]
