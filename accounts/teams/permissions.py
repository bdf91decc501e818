"""Who decides who acts for a company: its owners."""

from accounts.organisations.permissions import member

SEE = member()
RUN = member(roles=("owner",))
