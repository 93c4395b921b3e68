import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("regions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Population",
            fields=[
                (
                    "region",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="population",
                        serialize=False,
                        to="regions.region",
                    ),
                ),
                ("number", models.PositiveBigIntegerField(verbose_name="jiwa")),
                ("year", models.PositiveSmallIntegerField(verbose_name="tahun")),
                ("source", models.CharField(max_length=120, verbose_name="sumber")),
                ("is_sum", models.BooleanField(default=False, verbose_name="dijumlahkan dari wilayah di bawahnya")),
            ],
            options={
                "verbose_name": "jumlah penduduk",
                "verbose_name_plural": "jumlah penduduk",
            },
        ),
    ]
