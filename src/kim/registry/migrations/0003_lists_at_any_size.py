import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("regions", "0001_initial"),
        ("registry", "0002_reported_members"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="kim",
            name="province_code",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Left("region", 2),
                output_field=models.CharField(db_collation="C", max_length=2),
            ),
        ),
        migrations.AddField(
            model_name="kim",
            name="regency_code",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Left("region", 5),
                output_field=models.CharField(db_collation="C", max_length=5),
            ),
        ),
        migrations.AlterField(
            model_name="kim",
            name="region",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="kims",
                to="regions.region",
                verbose_name="desa/kelurahan",
            ),
        ),
        migrations.AddIndex(
            model_name="kim",
            index=models.Index(
                models.OrderBy(models.F("name")),
                models.OrderBy(models.F("id")),
                condition=models.Q(("stage", "registered")),
                name="kim_names",
            ),
        ),
        migrations.AddIndex(
            model_name="kim",
            index=models.Index(
                models.F("province_code"),
                models.OrderBy(models.F("name")),
                models.OrderBy(models.F("id")),
                condition=models.Q(("stage", "registered")),
                name="kim_names_province",
            ),
        ),
        migrations.AddIndex(
            model_name="kim",
            index=models.Index(
                models.F("regency_code"),
                models.OrderBy(models.F("name")),
                models.OrderBy(models.F("id")),
                condition=models.Q(("stage", "registered")),
                name="kim_names_regency",
            ),
        ),
        migrations.AddIndex(
            model_name="kim",
            index=models.Index(
                models.OrderBy(models.F("last_news_at"), descending=True, nulls_last=True),
                models.OrderBy(models.F("name")),
                models.OrderBy(models.F("id")),
                condition=models.Q(("stage", "registered")),
                name="kim_heard",
            ),
        ),
        migrations.AddIndex(
            model_name="kim",
            index=models.Index(
                models.F("province_code"),
                models.OrderBy(models.F("last_news_at"), descending=True, nulls_last=True),
                models.OrderBy(models.F("name")),
                models.OrderBy(models.F("id")),
                condition=models.Q(("stage", "registered")),
                name="kim_heard_province",
            ),
        ),
        migrations.AddIndex(
            model_name="kim",
            index=models.Index(
                models.F("regency_code"),
                models.OrderBy(models.F("last_news_at"), descending=True, nulls_last=True),
                models.OrderBy(models.F("name")),
                models.OrderBy(models.F("id")),
                condition=models.Q(("stage", "registered")),
                name="kim_heard_regency",
            ),
        ),
    ]
