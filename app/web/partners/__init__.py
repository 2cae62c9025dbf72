"""WEB, partners: the register for staff, and the page behind a link for a partner without an account."""
