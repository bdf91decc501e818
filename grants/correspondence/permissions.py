"""Who reads and writes what about a dossier; internal notes are the funder's alone."""

from accounts.access import in_state
from grants.dossiers.permissions import applicant, colleague, officer, staff
from grants.dossiers.states import RECEIVED

handed_in = in_state(*RECEIVED)

READ = (colleague | staff) & handed_in
WRITE = (applicant | officer) & handed_in
READ_NOTES = staff & handed_in
WRITE_NOTES = officer & handed_in
ASK_OPINION = officer & handed_in
