"""The tables, one family a file. Importing this package registers them all."""

from app.storage.models.accounts import Account, Session
from app.storage.models.asking import Ask, AskAnswer, AskPerson
from app.storage.models.base import METADATA, NEVER, Base
from app.storage.models.bonds import CaseBond
from app.storage.models.campaigns import (
    Campaign,
    CampaignBatch,
    CampaignContact,
    CampaignCount,
    CampaignImport,
    CampaignKey,
    CampaignOptOut,
)
from app.storage.models.cards import CardBatch, PaperCard, Photo
from app.storage.models.cases import Case, Counter
from app.storage.models.collecting import Collected
from app.storage.models.comforts import (
    CalendarFeed,
    CaseFile,
    KeptFrom,
    MailPreference,
    TakenOver,
    Takeover,
)
from app.storage.models.consents import CaseConsent
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
from app.storage.models.findings import (
    CouncilAnswer,
    FigureSeries,
    FigureValue,
    Region,
    RegionFigure,
    RegionGuest,
    RegionMember,
    ReportRelease,
    ReportRun,
)
from app.storage.models.history import Event, ReadLog
from app.storage.models.matching import CaseMatch
from app.storage.models.moments import Moment, MomentEntry
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
from app.storage.models.stock import StockHold
from app.storage.models.submissions import Draft, File, FormToken, Submission
from app.storage.models.tasks import SavedView, Task, TaskCount
from app.storage.models.unlinked import SheetBundle, SheetToken

__all__ = [
    "METADATA",
    "NEVER",
    "Absence",
    "Account",
    "Ask",
    "AskAnswer",
    "AskPerson",
    "Base",
    "CalendarFeed",
    "Campaign",
    "CampaignBatch",
    "CampaignContact",
    "CampaignCount",
    "CampaignImport",
    "CampaignKey",
    "CampaignOptOut",
    "CardBatch",
    "Case",
    "CaseBond",
    "CaseConsent",
    "CaseFile",
    "CaseMatch",
    "CaughtMail",
    "ClosingDay",
    "CodeApp",
    "Collected",
    "CouncilAnswer",
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
    "FigureSeries",
    "FigureValue",
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
    "Moment",
    "MomentEntry",
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
    "Region",
    "RegionFigure",
    "RegionGuest",
    "RegionMember",
    "ReportRelease",
    "ReportRun",
    "ResidentCode",
    "ResidentTry",
    "RootKey",
    "Safekeeping",
    "SavedView",
    "Session",
    "SheetBundle",
    "SheetToken",
    "SignInProvider",
    "StockHold",
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
