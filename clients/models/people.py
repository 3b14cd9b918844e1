"""Users, practices, coaches, clients, and how a client comes in and agrees."""

from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from knox.models import AbstractAuthToken

from clients.ids import new_id


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str | None, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower() if email else None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A sign-in. The e-mail is null for a client who joined by a link and gave none."""

    email = models.EmailField(unique=True, null=True, blank=True)
    name = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return f"user {self.pk}"


class Practice(models.Model):
    """A gym, or a coach alone."""

    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Coach(models.Model):
    class Role(models.TextChoices):
        COACH = "coach"
        HEAD = "head"

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="coach")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="coaches")
    role = models.CharField(max_length=8, choices=Role, default=Role.HEAD)
    timezone = models.CharField(max_length=64, default="UTC")
    digest_weekday = models.PositiveSmallIntegerField(default=0)  # Monday is 0
    digest_hour = models.PositiveSmallIntegerField(default=7)
    digest_names = models.BooleanField(default=True)  # first names in the subject, or counts only
    next_digest_at = models.DateTimeField(null=True, blank=True)
    digest_stopped_at = models.DateTimeField(null=True, blank=True)
    digest_when_nothing = models.BooleanField(default=False)  # a letter in a week without news too
    digest_problem = models.TextField(blank=True)  # why the newest letter did not arrive; empty: it did
    board_seen_at = models.DateTimeField(null=True, blank=True)
    board_left_at = models.DateTimeField(null=True, blank=True)  # when the visit before this one ended
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(digest_weekday__lte=6), name="coach_digest_weekday"),
            models.CheckConstraint(condition=Q(digest_hour__lte=23), name="coach_digest_hour"),
        ]
        indexes = [
            # read by digests.due
            models.Index("next_digest_at", name="coach_digest_due", condition=Q(digest_stopped_at=None))
        ]

    def __str__(self) -> str:
        return f"coach {self.pk}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def is_head(self) -> bool:
        return self.role == self.Role.HEAD


class ClientQuerySet(models.QuerySet["Client"]):
    def visible_to(self, coach: Coach) -> "ClientQuerySet":
        """A head coach sees the practice, a coach their own. The one rule of access for coaches."""
        if coach.is_head:
            return self.filter(practice=coach.practice_id)
        return self.filter(coach=coach)

    def active(self) -> "ClientQuerySet":
        return self.filter(archived_at=None)

    def due(self, today_anywhere: Any) -> "ClientQuerySet":
        """Something was written since the last look, or a day has come that changes the answer."""
        return self.active().filter(
            ~Q(history_version=F("scanned_version")) | Q(next_look_on__lte=today_anywhere)
        )


class Client(models.Model):
    """A person who trains. A record of its own; the sign-in comes when an invitation is accepted."""

    class Units(models.TextChoices):
        KG = "kg"
        LB = "lb"

    uuid = models.UUIDField(default=new_id, unique=True, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="clients")
    coach = models.ForeignKey(Coach, on_delete=models.PROTECT, related_name="clients")
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="clients")
    ref = models.CharField(max_length=200)  # the sender's own stable name for the client
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    timezone = models.CharField(max_length=64, default="UTC")
    units = models.CharField(max_length=2, choices=Units, default=Units.KG)
    # exercises that are read and typed in another unit: {exercise id: kg or lb}
    units_of: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(default=dict, blank=True)
    # ids of the exercises whose strength the client wants to see; empty: those trained most
    shown_lifts: "models.JSONField[list[int], list[int]]" = models.JSONField(default=list, blank=True)
    training_since = models.DateField(null=True, blank=True)
    born_on = models.DateField(null=True, blank=True)
    sensitivity = models.SmallIntegerField(default=0)  # -1 more flags, 0, +1 fewer
    # earlier choices, oldest first: [[last local day, value], …]; a choice holds from its day on
    sensitivity_before: "models.JSONField[list[list[Any]], list[list[Any]]]" = models.JSONField(
        default=list, blank=True
    )
    away_until = models.DateField(null=True, blank=True)
    reminder_hour = models.PositiveSmallIntegerField(
        null=True, blank=True
    )  # of the client's day; empty: none
    next_reminder_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    # The queue of the scan: every writing verb raises the version, the scan stores the one it read.
    history_version = models.PositiveIntegerField(default=0)
    scanned_version = models.PositiveIntegerField(default=0)
    scanned_on = models.DateField(null=True, blank=True)  # last local day that a scan has judged
    scanned_at = models.DateTimeField(null=True, blank=True)
    next_look_on = models.DateField(null=True, blank=True)  # next day to judge though nothing is written
    waiting_since = models.DateTimeField(null=True, blank=True)  # when the version ran ahead of the scan
    # sign → what is missing before a scan can say anything: unknown is never shown as fine.
    unknown: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(default=dict, blank=True)

    # entries of the last weeks that look like a slip of the finger, in sentences
    doubts: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list, blank=True)

    objects = ClientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("practice", "ref", name="client_ref_once_a_practice"),
            models.CheckConstraint(condition=Q(sensitivity__range=(-1, 1)), name="client_sensitivity"),
            models.CheckConstraint(
                condition=Q(reminder_hour__isnull=True) | Q(reminder_hour__lte=23),
                name="client_reminder_hour",
            ),
        ]
        indexes = [
            # read by ClientQuerySet.due
            models.Index(
                "id",
                name="client_unscanned",
                condition=~Q(history_version=F("scanned_version")) & Q(archived_at=None),
            ),
            models.Index("next_look_on", name="client_next_look", condition=Q(archived_at=None)),
            models.Index("coach", "name", name="client_of_coach"),
            # read by reminders.due
            models.Index(
                "next_reminder_at", name="client_reminder_due", condition=Q(reminder_hour__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"client {self.pk}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.name


class Consent(models.Model):
    """Agreement to keep health data (GDPR Art. 9): which text, when, by what channel; withdrawn, not deleted."""

    class Channel(models.TextChoices):
        COACH_WORD = "coach_word"  # the coach's word at an import
        JOINING = "joining"
        SETTINGS = "settings"

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="consents")
    text_version = models.CharField(max_length=20)
    channel = models.CharField(max_length=12, choices=Channel)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("client", name="consent_one_in_force", condition=Q(withdrawn_at=None))
        ]

    def __str__(self) -> str:
        return f"consent of client {self.client_id}"


class Invitation(models.Model):
    """A link for one client, for seven days, taken once. Only a digest of the token is kept."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Coach, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"invitation of client {self.client_id}"


class ApiToken(AbstractAuthToken):  # type: ignore[misc]
    """A token for other software: whose it is, what it may do, when it was last used."""

    class Scope(models.TextChoices):
        READ = "read"
        LOG = "log"
        WRITE = "write"

    name = models.CharField(max_length=100, blank=True)
    scope = models.CharField(max_length=5, choices=Scope, default=Scope.READ)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, null=True, blank=True, related_name="tokens")
    last_used_at = models.DateTimeField(null=True, blank=True)
