"""Files as people bring them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def jpeg(width: int = 800, height: int = 600, *, gps: bool = False, name: str = "foto.jpg") -> SimpleUploadedFile:
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    exif = Image.Exif()
    if gps:
        exif[0x0110] = "HP Contoh"
        exif.get_ifd(0x8825)[2] = (7.0, 52.0, 12.0)
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def pdf(name: str = "sk.pdf") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (420, 594), "white").save(out, "PDF")
    return SimpleUploadedFile(name, out.getvalue(), "application/pdf")
