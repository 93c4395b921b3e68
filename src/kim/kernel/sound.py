"""Recordings as phones make them, known by their bytes whatever their name says. A voice note is read: with its length, and
without what else the file tells of whoever spoke (titles, places, devices); one that goes round is only told what it is."""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SECONDS = 180
SLACK = 10  # a phone stops when it stops
UNKNOWN = "Rekaman ini belum bisa dibuka. Rekam lagi, atau kirim berkas suara OGG, WebM, M4A, 3GP, atau MP3."
BROKEN = "Rekaman ini rusak atau terpotong di jalan. Rekam lagi, lalu kirim sekali lagi."
TOO_LONG = "Rekaman ini {minutes} menit. Paling lama 3 menit: ceritakan yang terpenting saja."
FILM = "Berkas ini video. Kirim rekaman suara saja, atau ambil fotonya."


class BadSound(ValueError):
    """The bytes are no voice note we take; the message says so in Indonesian."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What is kept, how it is called, and how long it is where the file says so."""

    data: bytes
    mime: str
    suffix: str
    seconds: float | None


def judged(data: bytes, *, most: float = SECONDS) -> Sound:
    """The voice note in these bytes, whatever its name claims; raises BadSound."""
    read = next((one.read for one in FORMATS if one.read and one.is_it(data)), None)
    if read is None:
        raise BadSound(UNKNOWN)
    try:
        sound = read(data)
    except (IndexError, struct.error) as error:
        raise BadSound(BROKEN) from error
    if sound.seconds is not None and sound.seconds > most + SLACK:
        raise BadSound(TOO_LONG.format(minutes=round(sound.seconds / 60)))
    return sound


# --- Ogg (RFC 3533) ----------------------------------------------------------------------------------------------


def _ogg(data: bytes) -> Sound:
    place, last = 0, 0
    while place < len(data):
        if data[place : place + 4] != b"OggS":
            raise BadSound(BROKEN)
        (granule,) = struct.unpack_from("<q", data, place + 6)
        count = data[place + 26]
        place += 27 + count + sum(data[place + 27 : place + 27 + count])
        last = max(last, granule)
    if place > len(data):
        raise BadSound(BROKEN)
    return Sound(data, "audio/ogg", "ogg", last / _ogg_rate(data))


def _ogg_rate(data: bytes) -> int:
    begin = data[27 + data[26] :]
    if begin.startswith(b"OpusHead"):
        return 48_000
    if begin.startswith(b"\x01vorbis"):
        (rate,) = struct.unpack_from("<I", begin, 12)
        return max(int(rate), 1)
    raise BadSound(UNKNOWN)


# --- WebM (EBML, RFC 8794) ---------------------------------------------------------------------------------------

SEGMENT, CLUSTER, INFO, GROUP, TRACKS, TRACK = 0x18538067, 0x1F43B675, 0x1549A966, 0xA0, 0x1654AE6B, 0xAE
INSIDE = {SEGMENT, CLUSTER, INFO, GROUP, TRACKS, TRACK}
SCALE, BEGINS, SIMPLE, BLOCK, CODEC = 0x2AD7B1, 0xE7, 0xA3, 0xA1, 0x86


def _number(data: bytes, place: int, *, keeps_mark: bool) -> tuple[int, int]:
    """A number of variable length and the place after it; -1 is a size that is not known."""
    length = 9 - data[place].bit_length()
    if length > 8 or place + length > len(data):
        raise BadSound(BROKEN)
    value = int.from_bytes(data[place : place + length])
    if not keeps_mark:
        most = (1 << (7 * length)) - 1
        value &= most
        value = -1 if value == most else value
    return value, place + length


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place < len(data):
        name, place = _number(data, place, keeps_mark=True)
        size, place = _number(data, place, keeps_mark=False)
        if name in INSIDE:
            yield name, b""
            continue
        if size < 0 or place + size > len(data):
            raise BadSound(BROKEN)
        yield name, data[place : place + size]
        place += size


def _webm(data: bytes) -> Sound:
    scale, begins, last = 1_000_000, 0, 0
    codecs: set[bytes] = set()
    names: set[int] = set()
    for name, body in _elements(data):
        names.add(name)
        if name == SCALE:
            scale = int.from_bytes(body)
        elif name == BEGINS:
            begins = int.from_bytes(body)
        elif name == CODEC:
            codecs.add(body.rstrip(b"\0")[:2])
        elif name in (SIMPLE, BLOCK) and len(body) > 3:
            last = max(last, begins + struct.unpack_from(">h", body, 1)[0])
    if b"V_" in codecs:
        raise BadSound(FILM)
    if CLUSTER not in names or b"A_" not in codecs:
        raise BadSound(BROKEN)
    return Sound(data, "audio/webm", "webm", last * scale / 1e9)


# --- MP4, M4A, 3GP (ISO 14496-12) --------------------------------------------------------------------------------

TELLING = (b"udta", b"meta", b"uuid")  # titles, the place, the phone
PARENTS = (b"moov", b"trak", b"mdia")


def _boxes(data: bytes, place: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Kind, begin, begin of the body and end of each box, parents before what is in them."""
    while place + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, place)
        body = place + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, body)
            body += 8
        size = size or end - place
        if size < body - place or place + size > end:
            raise BadSound(BROKEN)
        yield kind, place, body, place + size
        if kind in PARENTS:
            yield from _boxes(data, body, place + size)
        place += size


def _mp4(data: bytes) -> Sound:
    kept, kinds = bytearray(data), set()
    seconds: float | None = None
    for kind, begin, body, end in _boxes(data, 0, len(data)):
        kinds.add(kind)
        if kind == b"mvhd":
            seconds = _mp4_seconds(data, body)
        elif kind == b"hdlr" and data[body + 8 : body + 12] == b"vide":
            raise BadSound(FILM)
        elif kind in TELLING:
            kept[begin + 4 : begin + 8], kept[body:end] = b"free", bytes(end - body)
    if not {b"moov", b"mdat"} <= kinds:
        raise BadSound(BROKEN)
    mime, suffix = ("audio/3gpp", "3gp") if data[8:11] == b"3gp" else ("audio/mp4", "m4a")
    return Sound(bytes(kept), mime, suffix, seconds)


def _mp4_seconds(data: bytes, body: int) -> float | None:
    """None for a recording in fragments, which does not say it there."""
    scale, length = (
        struct.unpack_from(">IQ", data, body + 20) if data[body] else struct.unpack_from(">II", data, body + 12)
    )
    return length / scale if scale and length else None


# --- MP3 ---------------------------------------------------------------------------------------------------------

RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
KILOBITS = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}


def _is_mp3(data: bytes) -> bool:
    return data.startswith(b"ID3") or (len(data) > 4 and data[0] == 0xFF and data[1] & 0xE6 in (0xE2, 0xE4, 0xE6))


def _mp3(data: bytes) -> Sound:
    if data.startswith(b"ID3"):
        size = data[6] << 21 | data[7] << 14 | data[8] << 7 | data[9]
        data = data[10 + size :]
    if data[-128:-125] == b"TAG":
        data = data[:-128]
    place, seconds, frames = 0, 0.0, 0
    while place + 4 <= len(data):
        length, lasts = _mp3_frame(data[place : place + 4])
        place, seconds, frames = place + length, seconds + lasts, frames + 1
    if frames < 3:
        raise BadSound(BROKEN)
    return Sound(data, "audio/mpeg", "mp3", seconds)


def _mp3_frame(head: bytes) -> tuple[int, float]:
    version, bits, pitch = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if head[0] != 0xFF or head[1] & 0xE6 != 0xE2 or version == 1 or pitch == 3 or not 0 < bits < 15:
        raise BadSound(BROKEN)
    rate, samples = RATES[version][pitch], 1152 if version == 3 else 576
    return samples // 8 * KILOBITS[version == 3][bits] * 1000 // rate + (head[2] >> 1 & 1), samples / rate


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of recording: how its bytes begin, how browsers name it, and how it is read; some are only passed on."""

    is_it: Callable[[bytes], bool]
    mime: str
    suffix: str
    read: Callable[[bytes], Sound] | None = None


BRANDS = (b"M4A", b"mp4", b"iso", b"3gp")  # of an MP4 that holds sound; a photo of a phone is one too
FORMATS = (
    Format(lambda data: data.startswith(b"OggS"), "audio/ogg", "ogg", _ogg),
    Format(lambda data: data.startswith(b"\x1a\x45\xdf\xa3"), "audio/webm", "webm", _webm),
    Format(lambda data: data[4:8] == b"ftyp", "audio/mp4", "m4a", _mp4),
    Format(lambda data: data.startswith(b"#!AMR"), "audio/amr", "amr"),
    Format(lambda data: data[:4] == b"RIFF" and data[8:12] == b"WAVE", "audio/wav", "wav"),
    Format(_is_mp3, "audio/mpeg", "mp3", _mp3),
)


def format_of(data: bytes) -> Format | None:
    """The kind of a recording that is passed on as it is; nothing for what is none."""
    known = next((one for one in FORMATS if one.is_it(data)), None)
    is_other = known is not None and known.read is _mp4 and data[8:11] not in BRANDS
    return None if is_other else known
