"""Static files as they are collected for a server: hashed, compressed, and our scripts without what only we read."""

import re
from typing import Any

from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage

BESIDE = re.compile(r"(?<=[;{},)]) // [^\"'`]*$")  # a comment at the end of a line


def lean(script: str) -> str:
    """Without lines that are comments, and without indentation. A text of several lines would suffer: we have none."""
    lines = (BESIDE.sub("", line.strip()) for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


class LeanStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    def _save(self, name: str, content: File) -> Any:  # type: ignore[type-arg]  # generic in the stubs alone
        if name.replace("\\", "/").startswith("js/"):
            content = ContentFile(lean(b"".join(content.chunks()).decode()).encode())
        return super()._save(name, content)
