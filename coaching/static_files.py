"""Static files as they are collected for a server: hashed, compressed, and our scripts without what only we read."""

from typing import Any

from django.core.files.base import ContentFile, File
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class LeanStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    def _save(self, name: str, content: File) -> Any:  # type: ignore[type-arg]  # generic in the stubs alone
        if name.replace("\\", "/").startswith("js/"):
            content = ContentFile(jsmin(b"".join(content.chunks())))
        return super()._save(name, content)
