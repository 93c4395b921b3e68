import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("media", "0001_initial"),
        ("publishing", "0001_initial"),
        ("regions", "0001_initial"),
        ("registry", "0002_reported_members"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="article",
            name="article_place",
        ),
        migrations.RemoveIndex(
            model_name="article",
            name="article_desk",
        ),
        migrations.AddField(
            model_name="article",
            name="district_code",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Left("region", 8),
                output_field=models.CharField(db_collation="C", max_length=8),
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="province_code",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Left("region", 2),
                output_field=models.CharField(db_collation="C", max_length=2),
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="regency_code",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Left("region", 5),
                output_field=models.CharField(db_collation="C", max_length=5),
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="editing_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="kim",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="articles", to="registry.kim"
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="region",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="short_code",
            field=models.CharField(help_text="/k/<code> for paper and WhatsApp", max_length=10, null=True),
        ),
        migrations.AlterField(
            model_name="article",
            name="slug",
            field=models.SlugField(blank=True, db_index=False, max_length=90),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("stage", "published")),
                fields=["province_code", "-published_at", "-id"],
                name="article_of_province",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("stage", "published")),
                fields=["regency_code", "-published_at", "-id"],
                name="article_of_regency",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("stage", "published")),
                fields=["district_code", "-published_at", "-id"],
                name="article_of_district",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["region", "stage", "-published_at", "-id"], name="article_place"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("stage", "published")),
                fields=["province_code", "category", "-published_at", "-id"],
                name="article_topic_province",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("stage", "published")),
                fields=["regency_code", "category", "-published_at", "-id"],
                name="article_topic_regency",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("stage", "published"), ("is_urgent", True)),
                fields=["-published_at", "-id"],
                name="article_urgent",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["kim", "stage", "-edited_at", "-id"], name="article_desk"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("stage", "reviewed")), fields=["edited_at", "id"], name="article_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("editing_by", None), _negated=True), fields=["editing_by"], name="article_open_form"
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(fields=("short_code",), name="one_article_per_short_code"),
        ),
    ]
