"""What a client had done by an instant, for statements that are written once."""

from django.db.models import BigIntegerField, DateTimeField, Q, QuerySet

from clients.prepared import Given
from programs.models import SetLog

CLIENT = Given("client", BigIntegerField())
AT = Given("at", DateTimeField())


def done_sets() -> QuerySet[SetLog, SetLog]:
    """Working sets of `CLIENT` that had happened by `AT`, whenever they were written down."""
    # The session's client too: PostgreSQL would read everybody's sessions to join them.
    mine = SetLog.objects.working().filter(client=CLIENT, session__client=CLIENT)
    working = mine.filter(session__deleted_at=None, session__started_at__lte=AT)
    return working.filter(Q(done_at=None) | Q(done_at__lte=AT))
