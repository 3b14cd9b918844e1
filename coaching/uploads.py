"""Files that people send: never in memory, and no further than a file may be long."""

from typing import Any

from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler

from coaching.exchange.apps.reading import MOST_BYTES


class BoundedUpload(TemporaryFileUploadHandler):
    """What comes after the limit is read off the line and dropped, so that the page can say why."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._bytes = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self._bytes += len(raw_data)
        if self._bytes > MOST_BYTES:
            if self.request is not None:
                self.request.META["reserve.too_large"] = True
            raise StopUpload(connection_reset=False)
        return super().receive_data_chunk(raw_data, start)
