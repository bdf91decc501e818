"""What a page may cost, in times the floor page."""

LIST, DETAIL = "liste", "détail"
AIMS = {LIST: 6.0, DETAIL: 4.0}
