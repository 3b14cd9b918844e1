"""One JSON object a line. Ids only: names, addresses and notes never reach a log."""

import json
import logging
import traceback
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0]:
            kind, _, trail = record.exc_info
            line["error"] = kind.__name__
            # Where, not what: the text of an exception may quote somebody's data.
            line["where"] = [f"{f.filename}:{f.lineno}" for f in traceback.extract_tb(trail)[-6:]]
        return json.dumps(line)
