"""What do messages need to know of this installation? Said once, at start."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.channels.handed_over import HandedOver

CASE_PATH = "/dossiers/{case}"
QUEUE_PATH = "/werk"
EMERGENCY_PATH = "/noodinzage"
STATUS_PATH = "/opvolgen"
PARTNER_PATH = "/partner/{token}"
ASK_PATH = "/gevraagd/{token}"
RESIDENT_PATH = "/mijn/{number}"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """``base_url`` has no slash at its end; ``sender`` is an address; ``host`` stands in Message-IDs.

    ``missing`` are the settings of the environment without which mail does not leave, or not from the right address.
    ``webhook_hosts`` are the host names that may receive webhooks; ``handed_over`` remembers, on this machine, what the
    mail server took.
    """

    mail_url: str = "catchall:"
    base_url: str = "http://localhost:8000"
    sender: str = "geen-antwoord@meernet.example"
    host: str = "meernet.example"
    missing: tuple[str, ...] = ()
    webhook_hosts: tuple[str, ...] = ()
    handed_over: HandedOver = field(default_factory=HandedOver)

    def case_link(self, case: str) -> str:
        """Where staff open a case."""
        return self.base_url + CASE_PATH.format(case=case)

    @property
    def queue_link(self) -> str:
        """Where staff see their list."""
        return self.base_url + QUEUE_PATH

    def partner_link(self, token: str) -> str:
        """Where a partner answers, with the code that they hear by telephone."""
        return self.base_url + PARTNER_PATH.format(token=token)

    def ask_link(self, token: str) -> str:
        """Where somebody answers what they are asked."""
        return self.base_url + ASK_PATH.format(token=token)

    @property
    def emergency_link(self) -> str:
        """Where a colleague's request to read in an emergency is answered."""
        return self.base_url + EMERGENCY_PATH

    @property
    def status_link(self) -> str:
        """Where a referrer asks after a card."""
        return self.base_url + STATUS_PATH

    def resident_link(self, number: str) -> str:
        """Where a resident opens the page of a case; the code is typed there."""
        return self.base_url + RESIDENT_PATH.format(number=number)


_outgoing = Outgoing()


def configure(outgoing: Outgoing) -> None:
    """Say once, at start, how messages leave."""
    global _outgoing
    _outgoing = outgoing


def current() -> Outgoing:
    """What was said."""
    return _outgoing
