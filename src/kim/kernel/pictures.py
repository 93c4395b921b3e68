"""Pictures as people bring them, made small, upright and anonymous: EXIF and GPS do not survive re-encoding."""

import io
from dataclasses import dataclass

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 60_000_000
QUALITIES = (74, 62, 50, 38)


class BadPicture(ValueError):
    """The bytes are no picture we can read; the message says so in Indonesian."""


class NoPicture(BadPicture):
    """Not a picture at all, whatever its name says."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Encoded bytes and their size in pixels."""

    data: bytes
    width: int
    height: int


def open_upright(data: bytes, formats: tuple[str, ...] = ("JPEG", "PNG", "WEBP")) -> Image.Image:
    """The picture turned the way it was held, as RGB on white; raises BadPicture."""
    try:
        image = Image.open(io.BytesIO(data), formats=formats)
        if image.width * image.height > MOST_PIXELS:
            raise BadPicture("Gambar terlalu besar ukurannya. Kecilkan dulu, lalu kirim lagi.")
        image.load()
        return _on_white(ImageOps.exif_transpose(image))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, BadPicture):
            raise
        raise NoPicture("Berkas ini bukan gambar yang bisa dibuka. Kirim foto JPG, PNG, atau WebP.") from error


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        return white
    return image.convert("RGB")


def fit(image: Image.Image, width: int, *, kind: str = "WEBP", at_most: int | None = None) -> Picture:
    """Not wider than `width`; the quality goes down in steps until it fits into `at_most` bytes."""
    if image.width > width:
        image = image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)
    data = b""
    for quality in QUALITIES:
        out = io.BytesIO()
        image.save(out, kind, quality=quality, method=4) if kind == "WEBP" else image.save(
            out, kind, quality=quality + 10
        )
        data = out.getvalue()
        if at_most is None or len(data) <= at_most:
            break
    return Picture(data, image.width, image.height)


def first_page(data: bytes, width: int = 1000) -> Picture:
    """The first page of a PDF as WebP; raises BadPicture when it cannot be opened."""
    try:
        document = pypdfium2.PdfDocument(data)
        page = document[0]
        image = page.render(scale=width / max(1, page.get_width())).to_pil()
        document.close()
    except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
        raise BadPicture("PDF ini tidak bisa dibuka. Pindai ulang, atau kirim fotonya (JPG).") from error
    return fit(image.convert("RGB"), width)
