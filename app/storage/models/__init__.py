"""The tables, one family a file. Importing this package registers them all."""

from app.storage.models.accounts import Account, Session
from app.storage.models.base import METADATA, NEVER, Base
from app.storage.models.cards import CardBatch, PaperCard, Photo
from app.storage.models.cases import Case, Counter
from app.storage.models.comforts import (
    CalendarFeed,
    CaseFile,
    KeptFrom,
    MailPreference,
    TakenOver,
    Takeover,
)
from app.storage.models.definitions import (
    CurrentDefinition,
    DefinitionDraft,
    DefinitionFile,
    DefinitionText,
    DefinitionVersion,
    DefinitionWork,
    Publication,
)
from app.storage.models.emergency import Emergency, EmergencyVoice
from app.storage.models.history import Event, ReadLog
from app.storage.models.matching import CaseMatch
from app.storage.models.moves import Move, MovedCase
from app.storage.models.municipalities import DataKey, Municipality
from app.storage.models.outbox import CaughtMail, Heartbeat, Outbox
from app.storage.models.outside import (
    OutsideIdentity,
    OutsideSignIn,
    SignInProvider,
    Webhook,
    WebhookDelivery,
)
from app.storage.models.people import (
    Partner,
    Person,
    PersonApart,
    PersonKey,
    PersonMerge,
    PersonSearch,
    PublicSending,
    Referral,
    ReferrerLink,
)
from app.storage.models.publishing import NoticeShown, PrivacyNotice, PrivacyTold
from app.storage.models.residents import DeadAddress, Letter, ResidentCode, ResidentTry
from app.storage.models.retention import DestroyedCase, Destruction, LegalHold, PrivacyRequest
from app.storage.models.safekeeping import OutboxHold, RootKey, Safekeeping
from app.storage.models.signing_in import (
    CodeApp,
    KnownBrowser,
    Passkey,
    PasskeyChallenge,
    RecoveryCode,
    WrongTry,
)
from app.storage.models.staffing import Absence, ClosingDay, Duty, Holding, Neighbourhood, Substitute
from app.storage.models.starting import FormOpening, Invitation, Picture, Street
from app.storage.models.submissions import Draft, File, FormToken, Submission
from app.storage.models.tasks import SavedView, Task, TaskCount

__all__ = [
    "METADATA",
    "NEVER",
    "Absence",
    "Account",
    "Base",
    "CalendarFeed",
    "CardBatch",
    "Case",
    "CaseFile",
    "CaseMatch",
    "CaughtMail",
    "ClosingDay",
    "CodeApp",
    "Counter",
    "CurrentDefinition",
    "DataKey",
    "DeadAddress",
    "DefinitionDraft",
    "DefinitionFile",
    "DefinitionText",
    "DefinitionVersion",
    "DefinitionWork",
    "DestroyedCase",
    "Destruction",
    "Draft",
    "Duty",
    "Emergency",
    "EmergencyVoice",
    "Event",
    "File",
    "FormOpening",
    "FormToken",
    "Heartbeat",
    "Holding",
    "Invitation",
    "KeptFrom",
    "KnownBrowser",
    "LegalHold",
    "Letter",
    "MailPreference",
    "Move",
    "MovedCase",
    "Municipality",
    "Neighbourhood",
    "NoticeShown",
    "Outbox",
    "OutboxHold",
    "OutsideIdentity",
    "OutsideSignIn",
    "PaperCard",
    "Partner",
    "Passkey",
    "PasskeyChallenge",
    "Person",
    "PersonApart",
    "PersonKey",
    "PersonMerge",
    "PersonSearch",
    "Photo",
    "Picture",
    "PrivacyNotice",
    "PrivacyRequest",
    "PrivacyTold",
    "PublicSending",
    "Publication",
    "ReadLog",
    "RecoveryCode",
    "Referral",
    "ReferrerLink",
    "ResidentCode",
    "ResidentTry",
    "RootKey",
    "Safekeeping",
    "SavedView",
    "Session",
    "SignInProvider",
    "Street",
    "Submission",
    "Substitute",
    "TakenOver",
    "Takeover",
    "Task",
    "TaskCount",
    "Webhook",
    "WebhookDelivery",
    "WrongTry",
]
