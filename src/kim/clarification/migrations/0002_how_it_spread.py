import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import kim.kernel.clock
import kim.kernel.ids
from django.conf import settings
from django.db import migrations, models


# What was said of spreading so far becomes a report without a number of people; the worker counts what is answered.
REMEMBER = """
CREATE TEMPORARY TABLE old_spread ON COMMIT DROP AS
SELECT s.handout_id, h.claim_id, s.version, s.channel, s.by_id, s.at
FROM clarification_spread s JOIN clarification_handout h ON h.id = s.handout_id;
"""
KEEP = """
UPDATE clarification_handout SET arrived_at = least(at, coalesce(opened_at, at), coalesce(spread_at, at));
INSERT INTO clarification_spread (id, handout_id, claim_id, version, channel, held_on, place, is_counted, heard_low, heard_high,
  questions, by_id, at, call_back, call_note)
SELECT gen_random_uuid(), o.handout_id, o.claim_id, o.version, o.channel, (o.at AT TIME ZONE 'Asia/Jakarta')::date, '', false, 0, 0,
  '', o.by_id, o.at, '', ''
FROM old_spread o;
INSERT INTO clarification_round (id, claim_id) SELECT gen_random_uuid(), c.id FROM clarification_claim c
WHERE c.version > 0 AND NOT EXISTS (SELECT FROM clarification_round r WHERE r.claim_id = c.id AND r.done_at IS NULL);
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clarification", "0001_a_claim_and_its_answer"),
        ("media", "0004_what_citizens_send"),
        ("regions", "0003_free_days"),
        ("registry", "0005_suspended"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(REMEMBER, migrations.RunSQL.noop),
        migrations.DeleteModel(name="Spread"),
        migrations.CreateModel(
            name="Spread",
            fields=[
                (
                    "id",
                    models.UUIDField(default=kim.kernel.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("whatsapp", "Grup WhatsApp"),
                            ("meeting", "Rapat, arisan, atau PKK"),
                            ("posyandu", "Posyandu"),
                            ("worship", "Pengajian atau ibadah"),
                            ("loudspeaker", "Pengeras suara"),
                            ("board", "Papan pengumuman atau poster"),
                            ("visit", "Kunjungan ke rumah"),
                            ("radio", "Radio komunitas"),
                            ("folk", "Pertunjukan rakyat"),
                            ("social", "Media sosial"),
                            ("article", "Kabar di situs KIM"),
                        ],
                        max_length=11,
                        verbose_name="lewat apa",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="kapan")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="di mana")),
                ("is_counted", models.BooleanField(default=False, verbose_name="dihitung, bukan perkiraan")),
                ("heard_low", models.PositiveIntegerField()),
                ("heard_high", models.PositiveIntegerField()),
                ("questions", models.TextField(blank=True, max_length=1000, verbose_name="pertanyaan warga")),
                ("at", models.DateTimeField(default=kim.kernel.clock.now)),
                (
                    "call_back",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Tidak diundi"),
                            ("drawn", "Akan ditelepon"),
                            ("confirmed", "Sesuai"),
                            ("differs", "Berbeda"),
                            ("unreached", "Tidak tersambung"),
                        ],
                        default="",
                        max_length=9,
                    ),
                ),
                ("call_note", models.CharField(blank=True, max_length=300)),
                ("version", models.PositiveSmallIntegerField()),
            ],
            options={
                "ordering": ["-at", "-id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sent", models.PositiveIntegerField(default=0)),
                ("opened", models.PositiveIntegerField(default=0)),
                ("spread", models.PositiveIntegerField(default=0)),
                ("villages", models.PositiveIntegerField(default=0, help_text="Villages where it was spread")),
                ("villages_sent", models.PositiveIntegerField(default=0, help_text="Villages that have a copy")),
                (
                    "villages_all",
                    models.PositiveIntegerField(default=0, help_text="Villages of the place, with a KIM or without"),
                ),
                ("heard_low", models.PositiveBigIntegerField(default=0)),
                ("heard_high", models.PositiveBigIntegerField(default=0)),
                ("hours_median", models.FloatField(help_text="From sending to spreading", null=True)),
                ("hours_slow", models.FloatField(help_text="Of the slowest tenth", null=True)),
                ("channels", models.JSONField(default=dict, help_text="Channel → KIM that used it")),
                (
                    "checks",
                    models.JSONField(
                        default=dict, help_text="CallBack → reports that were drawn, by what the call said"
                    ),
                ),
                (
                    "days",
                    models.JSONField(
                        default=dict, help_text="`opened 2026-11-28` → KIM on that day, by the clock of the village"
                    ),
                ),
                (
                    "readers",
                    models.PositiveIntegerField(
                        default=0, help_text="Daily visits of its page and of KIM's articles about it"
                    ),
                ),
                ("readers_sketch", models.BinaryField(default=b"")),
                ("readers_upto", models.DateField(help_text="The last day whose readers are in the sketch", null=True)),
                ("as_of", models.DateTimeField(default=kim.kernel.clock.now)),
            ],
        ),
        migrations.AddField(
            model_name="handout",
            name="arrived_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(),
                default=kim.kernel.clock.now,
                help_text="Of the first version",
            ),
        ),
        migrations.AddField(
            model_name="handout",
            name="heard_high",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="handout",
            name="heard_low",
            field=models.PositiveIntegerField(
                db_default=0, default=0, help_text="Of the best single report: overlaps are not added"
            ),
        ),
        migrations.AddField(
            model_name="handout",
            name="province_code",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Left("region", 2),
                output_field=models.CharField(db_collation="C", max_length=2),
            ),
        ),
        migrations.AddField(
            model_name="handout",
            name="regency_code",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Left("region", 5),
                output_field=models.CharField(db_collation="C", max_length=5),
            ),
        ),
        migrations.AlterField(
            model_name="handout",
            name="at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(),
                default=kim.kernel.clock.now,
                help_text="Of the newest version",
            ),
        ),
        migrations.AddIndex(
            model_name="handout",
            index=models.Index(fields=["claim", "province_code"], name="handout_province"),
        ),
        migrations.AddIndex(
            model_name="handout",
            index=models.Index(fields=["claim", "regency_code"], name="handout_regency"),
        ),
        migrations.AddIndex(
            model_name="handout",
            index=models.Index(fields=["claim", "region"], name="handout_place"),
        ),
        migrations.AddField(
            model_name="spread",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="spread",
            name="claim",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clarification.claim"
            ),
        ),
        migrations.AddField(
            model_name="spread",
            name="handout",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="spreads", to="clarification.handout"
            ),
        ),
        migrations.AddField(
            model_name="spread",
            name="photo",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="media.upload"
            ),
        ),
        migrations.AddField(
            model_name="tally",
            name="claim",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tallies",
                to="clarification.claim",
            ),
        ),
        migrations.AddField(
            model_name="tally",
            name="region",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="regions.region"
            ),
        ),
        migrations.AddIndex(
            model_name="spread",
            index=models.Index(condition=models.Q(("call_back", "drawn")), fields=["at", "id"], name="spread_drawn"),
        ),
        migrations.AddIndex(
            model_name="spread",
            index=models.Index(
                models.F("claim"),
                models.OrderBy(models.F("at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("questions", ""), _negated=True),
                name="spread_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(fields=("claim", "region"), name="claim_tally_once"),
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
    ]
