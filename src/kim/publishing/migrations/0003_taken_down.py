from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("media", "0001_initial"),
        ("publishing", "0002_lists_at_any_size"),
        ("regions", "0001_initial"),
        ("registry", "0003_lists_at_any_size"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("stage", "unpublished")), fields=["-edited_at", "-id"], name="article_taken_down"
            ),
        ),
    ]
