"""A write marks the client for the scan, and says since when it waits."""

from datetime import UTC, datetime

from clients import history
from clients.models import Client


def test_the_wait_starts_with_the_first_unseen_write(james: Client) -> None:
    history.touch(james.pk)
    first = Client.objects.get(pk=james.pk)
    assert first.history_version == 1
    assert first.waiting_since is not None
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    Client.objects.update(waiting_since=long_ago)
    history.touch(james.pk)
    assert Client.objects.values_list("history_version", "waiting_since").get() == (2, long_ago)
