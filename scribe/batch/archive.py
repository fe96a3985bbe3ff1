"""ZIP archives of notes: their members one by one, never unpacked to disk, never deeper than one level."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, BinaryIO, cast

from scribe.batch.item import shown_path
from scribe.errors import NoteTooLarge, UnreadableNote, UnsupportedFormat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Member = tuple[str, str, "Callable[[], BinaryIO]"]

MAX_MEMBER_BYTES = 1024 * 1024 * 1024
MAX_GROWTH = 500
_SMALL_BYTES = 10 * 1024 * 1024
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_DOCUMENT = ("word/document.xml", "[Content_Types].xml", "mimetype")
_ENCRYPTED = 0x1


def is_archive(head: bytes) -> bool:
    """Tell a ZIP file by its first bytes."""
    return head.startswith(_MAGIC)


def members(path: str | BinaryIO, place: str) -> Iterator[Member] | None:
    """Return place, name and opener of every member, sorted; None where the file is a document in ZIP dress.

    A damaged archive comes back as None, too: the reader of documents then says what is wrong with it.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    if any(name in archive.NameToInfo for name in _DOCUMENT):
        archive.close()
        return None
    return _members(archive, place)


def _members(archive: zipfile.ZipFile, place: str) -> Iterator[Member]:
    with archive:
        infos = [each for each in archive.infolist() if not each.is_dir()]
        packed = sum(each.compress_size for each in infos)
        size = sum(each.file_size for each in infos)
        is_bomb = size > _SMALL_BYTES and size > MAX_GROWTH * max(packed, 1)
        names: dict[str, int] = {}
        for info in sorted(
            infos, key=lambda each: (shown_path(_encodable(each.filename)), each.header_offset)
        ):
            name = _encodable(info.filename)
            names[name] = names.get(name, 0) + 1
            again = f" ({names[name]})" if names[name] > 1 else ""
            yield (
                f"{place}!/{shown_path(name)}{again}",
                name,
                _opener(archive, info, place, is_bomb=is_bomb),
            )


def _encodable(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _opener(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: str, *, is_bomb: bool
) -> Callable[[], BinaryIO]:
    def opener() -> BinaryIO:
        if info.flag_bits & _ENCRYPTED:
            msg = f"{place}: protected by a password; unpack it and give the folder"
            raise UnreadableNote(msg)
        if is_bomb or info.file_size > MAX_MEMBER_BYTES:
            msg = f"{place}: unpacks to far more than notes do; unpack it and give the folder"
            raise NoteTooLarge(msg)
        opened = cast("BinaryIO", archive.open(info))
        head = opened.read(len(_MAGIC[0]))
        if head.startswith(_MAGIC) and not _is_document(info.filename, opened, head):
            msg = f"{place}: an archive inside an archive; unpack it and give the folder"
            raise UnsupportedFormat(msg)
        opened.close()
        return cast("BinaryIO", archive.open(info))

    return opener


def _is_document(name: str, opened: BinaryIO, head: bytes) -> bool:
    """Tell a Word document among ZIP files by its directory."""
    content = head + opened.read(_SMALL_BYTES)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as inner:
            return any(each in inner.NameToInfo for each in _DOCUMENT)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return name.lower().endswith(".docx")
