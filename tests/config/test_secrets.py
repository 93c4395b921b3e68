"""The installation's secret is made once and is never half a secret."""

from kim.config.secrets import push_key, secret_key
from kim.kernel import webpush


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    key = secret_key(tmp_path / "var")
    assert len(key) > 50
    assert secret_key(tmp_path / "var") == key
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_an_empty_key_left_by_a_full_disk_is_replaced(tmp_path):
    (tmp_path / "secret_key").write_text("")
    assert len(secret_key(tmp_path)) > 50
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_the_key_of_pushes_is_made_once_and_signs(tmp_path):
    key = push_key(tmp_path)
    assert push_key(tmp_path) == key
    assert (tmp_path / "push_key").stat().st_mode & 0o777 == 0o600
    assert len(webpush.to_bytes(webpush.public_key(key))) == 65
