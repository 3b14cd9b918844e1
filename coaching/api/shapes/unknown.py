"""What nobody knows, as it may be sent."""

from typing import Any

from rest_framework import serializers


class Unknown(serializers.Serializer[Any]):
    """Unknown is null, of texts too: kept as the empty one."""

    def to_internal_value(self, data: Any) -> Any:
        values = super().to_internal_value(data)
        for name in ("ended", "note", "source", "text"):
            if values.get(name, "") is None:
                values[name] = ""
        return values
