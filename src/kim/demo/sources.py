"""Two invented sources of the demo. Their feeds are files beside this one; nobody is asked over the network."""

from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

from kim.kernel import clock, feeds
from kim.kernel.outside import Fetched
from kim.sources import actions
from kim.sources.models import Host, Source

FOLDER = Path(__file__).parent / "feeds"
SOURCES = (
    ("35.02", "pertanian", "Kabar Tani (contoh)", "Dinas Pertanian Ponorogo (contoh)", ["pertanian"]),
    ("ID", "kesehatan", "Sehat Bersama (contoh)", "Kementerian (contoh)", ["kesehatan"]),
)


def suggest() -> None:
    """The sources with what they suggest, as if they had been read just now."""
    for code, file, name, agency, topics in SOURCES:
        host, _ = Host.objects.get_or_create(address=f"{file}.invalid")
        url = f"https://{file}.invalid/umpan.xml"
        source = Source.objects.create(
            region_id=code, host=host, url=url, name=name, agency=agency, topics=topics, is_demo=True
        )
        data = _told(file)
        actions.take_in(source.pk, feeds.read(data, url=url), Fetched(url, data, "", "", ""))


def _told(file: str) -> bytes:
    """The feed with days of this week in it."""
    days = [format_datetime(clock.now() - timedelta(days=n)) for n in range(8)]
    return (FOLDER / f"{file}.xml").read_text().format(days=days).encode()


def forget() -> None:
    """The sources are gone, and everything they suggested."""
    Source.objects.filter(is_demo=True).delete()
    Host.objects.filter(address__in=[f"{file}.invalid" for _, file, *_ in SOURCES]).delete()
