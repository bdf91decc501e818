from grants.dossiers.permissions import colleague, officer, staff

SEE_CHECKS = staff
CHECK = officer
READ_REQUEST = colleague | staff
