"""Voice notes as phones make them, built by hand: the right shape, with silence in it."""

import struct


def ogg(seconds: float = 3, *, codec: bytes = b"OpusHead", lost: int = 0) -> bytes:
    """Two pages: the head, and the end with its moment."""
    first = codec + bytes(12)
    pages = _page(first, 0) + _page(bytes(100), int(seconds * 48_000))
    return pages[: len(pages) - lost]


def _page(body: bytes, granule: int) -> bytes:
    return b"OggS" + bytes(2) + struct.pack("<q", granule) + bytes(12) + bytes([1, len(body)]) + body


def webm(seconds: float = 3, *, codec: bytes = b"A_OPUS", lost: int = 0) -> bytes:
    """Head, a track, and clusters of unknown size, as a browser streams them."""
    head = _element(b"\x1a\x45\xdf\xa3", _element(b"\x42\x82", b"webm"))
    track = _element(b"\xae", _element(b"\x86", codec))
    block = b"\x81" + struct.pack(">h", 40) + b"\x80" + bytes(20)
    cluster = b"\x1f\x43\xb6\x75\x01\xff\xff\xff\xff\xff\xff\xff" + _element(b"\xe7", int(seconds * 1000).to_bytes(4))
    whole = head + b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff" + _element(b"\x16\x54\xae\x6b", track) + cluster
    whole += _element(b"\xa3", block)
    return whole[: len(whole) - lost]


def _element(name: bytes, body: bytes) -> bytes:
    return name + (0x10000000 | len(body)).to_bytes(4) + body


def m4a(
    seconds: float = 3, *, brand: bytes = b"M4A ", track: bytes = b"soun", lost: int = 0, place: bytes = b""
) -> bytes:
    """With a place in it, if one is named, where phones write it."""
    mvhd = _box(b"mvhd", bytes(12) + struct.pack(">II", 1000, int(seconds * 1000)) + bytes(80))
    trak = _box(b"trak", _box(b"mdia", _box(b"hdlr", bytes(8) + track + bytes(12))))
    udta = _box(b"udta", _box(b"\xa9xyz", place)) if place else b""
    whole = _box(b"ftyp", brand + bytes(4)) + _box(b"moov", mvhd + trak + udta) + _box(b"mdat", bytes(200))
    return whole[: len(whole) - lost]


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + kind + body


def mp3(seconds: float = 3, *, title: bytes = b"") -> bytes:
    """Frames of 64 kbit/s at 22,050 Hz, after a tag that may tell a title."""
    length = 72 * 64_000 // 22_050
    frame = b"\xff\xf3\x80\x00" + bytes(length - 4)
    tag = b"ID3\x03\x00\x00\x00\x00\x00" + bytes([len(title)]) + title if title else b""
    return tag + frame * max(3, round(seconds * 22_050 / 576))
