"""Where a bundle's files lie: a folder or a zip, opened without trust."""

import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO, TypeVar

from coaching.exchange.files import FILES
from coaching.exchange.layout import CORE
from coaching.exchange.problems import Broken

MOST_PACKED = 50_000_000
MOST_UNPACKED = 500_000_000
MOST_MEMBERS = 40
MOST_TIMES_SMALLER = 200  # text shrinks ten to thirty times; a bomb a thousand times
SMALL = 1_000_000
_NAMES = {file.name for file in FILES}
Found = TypeVar("Found")


@dataclass
class Source:
    """The bundle's files by name, and what else lay there."""

    path: Path
    places: dict[str, str] = field(default_factory=dict)  # file name → path or member
    others: list[str] = field(default_factory=list)
    archive: zipfile.ZipFile | None = None

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        if self.archive is None:
            with _readable(name, lambda: Path(self.places[name]).open("rb")) as stream:
                yield stream
        else:
            with self.archive.open(self.places[name]) as member:
                yield member  # type: ignore[misc]


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """The bundle at `path`; `Broken` where it cannot be one."""
    if path.is_dir():
        yield _some(_folder(path))
        return
    if path.stat().st_size > MOST_PACKED:
        raise Broken(path.name, f"more than {MOST_PACKED // 1_000_000} MB; give the unpacked folder instead")
    try:
        with zipfile.ZipFile(path) as archive:
            yield _some(_zip(path, archive))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, OSError) as error:
        raise Broken(path.name, f"not a zip that can be read ({error})") from None


def _some(source: Source) -> Source:
    if not source.places:
        names = ", ".join(file.name for file in CORE)
        raise Broken(source.path.name, f"none of {names} is in there, nor another file of a bundle")
    return source


def _folder(path: Path) -> Source:
    source, size = Source(path), 0
    entries = _readable(path.name, lambda: list(os.scandir(path)))
    for entry in sorted(entries, key=lambda entry: entry.name):
        if entry.name not in _NAMES:
            source.others.append(entry.name)
            continue
        if entry.is_symlink() or not entry.is_file():
            raise Broken(entry.name, "not a plain file")
        size += entry.stat().st_size
        source.places[entry.name] = entry.path
    _bounded(path.name, size)
    return source


def _readable(name: str, look: Callable[[], Found]) -> Found:
    try:
        return look()
    except OSError as error:
        raise Broken(name, f"cannot be read ({error.strerror})") from None


def _zip(path: Path, archive: zipfile.ZipFile) -> Source:
    source, size = Source(path, archive=archive), 0
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise Broken(path.name, f"{len(members)} members; a bundle has at most {MOST_MEMBERS}")
    for member in members:
        _harmless(path.name, member)
        size += member.file_size
        name = PurePosixPath(member.filename).name
        if member.is_dir() or name not in _NAMES or member.filename.startswith("__MACOSX/"):
            source.others += [] if member.is_dir() else [member.filename]
        elif name in source.places:
            raise Broken(path.name, f"{name} is in there twice")
        else:
            source.places[name] = member.filename
    _bounded(path.name, size)
    return source


def _harmless(where: str, member: zipfile.ZipInfo) -> None:
    name = member.filename
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if ".." in parts or name.startswith(("/", "\\")) or ":" in name or "\0" in name:
        raise Broken(where, f"the member {name[:100]!r} points out of the archive")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Broken(where, f"the member {name[:100]!r} is a link")
    if name.lower().endswith((".zip", ".gz", ".7z", ".tar", ".rar", ".xz", ".bz2")):
        raise Broken(where, f"the member {name[:100]!r} is itself an archive")
    if member.flag_bits & 0x1:
        raise Broken(where, f"the member {name[:100]!r} is encrypted")
    if member.file_size > SMALL and member.file_size > MOST_TIMES_SMALLER * max(member.compress_size, 1):
        raise Broken(
            where, f"the member {name[:100]!r} unpacks to more than {MOST_TIMES_SMALLER} times its size"
        )


def _bounded(where: str, size: int) -> None:
    if size > MOST_UNPACKED:
        raise Broken(where, f"more than {MOST_UNPACKED // 1_000_000} MB of text")
