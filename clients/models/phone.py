"""Where a client is signed in."""

from django.db import models


class Phone(models.Model):
    """One device that is signed in, known by its session. Gone once that session is."""

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="phones")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=100)  # in words, as it says of itself
    signed_in_at = models.DateTimeField()
    used_on = models.DateField()  # the client's day; written once a day at most

    def __str__(self) -> str:
        return f"phone of client {self.client_id}"
