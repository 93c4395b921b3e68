"""What a member of a KIM finds on the desk: the tasks of its texts, its room and its papers, and the packets that came."""

from datetime import date, timedelta

from kim.accounts.actor import Actor
from kim.dissemination import queries as packets
from kim.dissemination.models import Assignment, Bulletin
from kim.dissemination.workflow import Step
from kim.kernel import clock
from kim.publishing import queries as publishing
from kim.publishing.queries import Task
from kim.registry.models import Kim
from kim.web.templatetags.formats import tanggal_pendek

VERBS = {Step.ARRIVED: "Baca info", Step.OPENED: "Putuskan info", Step.ACCEPTED: "Sebarkan info"}
SOON = timedelta(days=1)


def tasks(actor: Actor, kim: Kim) -> list[Task]:
    """Everything this member can do now, the most pressing first; a message that says the same is left out."""
    info = [_packet(copy, kim) for copy in packets.to_do(actor)]
    found = [*info, *publishing.tasks(actor, kim, known={task.url for task in info})]
    return sorted(found, key=lambda task: not task.is_urgent)


def _packet(copy: Assignment, kim: Kim) -> Task:
    bulletin, today = copy.bulletin, clock.today(kim.region.time_zone)
    is_corrected = 0 < copy.version_seen < bulletin.version
    verb = "Baca pembetulan" if is_corrected else VERBS[Step(copy.step)]
    is_ending = bulletin.act_by is not None and bulletin.act_by <= today + SOON
    loud = f"{bulletin.get_urgency_display()}. " if bulletin.rank else ""
    line = f"{loud}{bulletin.agency}. {until(bulletin, today)}".strip()
    return Task(
        "megaphone",
        f"{verb}: {bulletin}",
        f"/kerja/info/{copy.id}/",
        line,
        bool(bulletin.rank) or is_corrected or is_ending,
    )


def until(bulletin: Bulletin, today: date) -> str:
    """By when, as a line under its title."""
    if bulletin.act_by and bulletin.act_by >= today:
        return f"Sebarkan paling lambat {tanggal_pendek(bulletin.act_by)}."
    return f"Berlaku sampai {tanggal_pendek(bulletin.valid_until)}." if bulletin.valid_until else ""
