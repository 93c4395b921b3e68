"""Files in any bucket that speaks S3: private, with short patience, and failing as a disk fails (`OSError`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

CONNECT, READ, TRIES = 3, 10, 3  # seconds, seconds, tries in all


class Bucket(S3Storage):
    """One bucket. Nobody but this site reads it: `kim.media` asks who may see a file, then hands it through."""

    def __init__(self, *, addressing_style: str, **options: Any) -> None:
        patience = Config(
            s3={"addressing_style": addressing_style},
            signature_version="s3v4",
            connect_timeout=CONNECT,
            read_timeout=READ,
            retries={"total_max_attempts": TRIES, "mode": "standard"},
            # Newer checksums are unknown to many who speak S3; the signature covers the bytes already.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(client_config=patience, file_overwrite=True, **options)

    def _open(self, name: str, mode: str = "rb") -> Any:
        with _as_a_disk(name):
            opened = super()._open(name, mode)
            if "r" in mode:
                opened.file  # noqa: B018  fetched here and now, so that a failure is not met in mid-sentence
            return opened

    def _save(self, name: str, content: Any) -> str:
        with _as_a_disk(name):
            return super()._save(name, content)

    def delete(self, name: str) -> None:
        with _as_a_disk(name):
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _as_a_disk(name):
            return super().exists(name)

    def size(self, name: str) -> int:
        with _as_a_disk(name):
            return super().size(name)


@contextmanager
def _as_a_disk(name: str) -> Iterator[None]:
    """What a bucket answers, as the error a folder would give."""
    try:
        yield
    except ClientError as error:
        if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 404:
            raise FileNotFoundError(name) from error
        raise OSError(f"the bucket refused {name}: {error}") from error
    except (BotoCoreError, Boto3Error) as error:
        raise OSError(f"the bucket cannot be reached for {name}: {error}") from error
