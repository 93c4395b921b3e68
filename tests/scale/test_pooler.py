"""Behind PgBouncer in transaction mode: everything works, and changes are still heard."""

import shutil
import subprocess

import pytest

from scale.conftest import needs_nginx
from scale.machines import Front, Web, free_port, until

pytestmark = [
    pytest.mark.slow,
    needs_nginx,
    pytest.mark.skipif(not shutil.which("pgbouncer"), reason="pgbouncer is not installed (apt-get install pgbouncer)"),
]


@pytest.fixture
def pooler(country):
    """The address of the primary by way of a pooler with two connections for everybody."""
    folder = country.folder / "pooler"
    folder.mkdir()
    country.primary.account.give(folder)
    port = free_port(country.net.address)
    primary = country.primary
    (folder / "pgbouncer.ini").write_text(f"""
        [databases]
        kim = host={country.net.address} port={primary.port} dbname=kim user=kim
        [pgbouncer]
        listen_addr = {country.net.address}
        listen_port = {port}
        unix_socket_dir =
        auth_type = any
        pool_mode = transaction
        default_pool_size = 2
        ignore_startup_parameters = extra_float_digits
        logfile = {folder}/pgbouncer.log
        """)
    account = country.primary.account  # it refuses root, as PostgreSQL does
    command = [*account.prefix, "pgbouncer", "-q", str(folder / "pgbouncer.ini")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **account.identity)
    yield f"postgresql://kim@{country.net.address}:{port}/kim"
    process.terminate()
    process.wait(20)


def test_people_write_and_read_behind_a_pooler(country, pooler):
    settings = country.settings | {"DATABASE_URL": pooler, "KIM_LISTEN_URL": country.primary.url(), "KIM_PREPARE": "0"}
    web = Web(country.net.place("p"), country.folder / "p", **settings)
    front = Front(country.folder / "front-p", country.static)
    front.open("p", web)
    front.start()
    try:
        front.wait("p", web)
        for path in (country.site, "/", "/cari/?q=durian", "/kabar/?tanya=1") * 3:
            assert front.get("p", path).status == 200, web.said
        title = country.publish(front, "p")
        until(lambda: title in front.get("p", country.site).text, "the change was heard", 2)
        assert "Traceback" not in web.said
    finally:
        for one in (front, web):
            one.stop()
