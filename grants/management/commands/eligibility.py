"""Verdict of the eligibility and State-aid engine: `manage.py eligibility < company.json`.

Input, one JSON object in UTF-8 (BOM accepted). Every key may be absent or null: the verdict then
says what is missing. Amounts are euros with two decimals at most, days are AAAA-MM-JJ.

    on        day of filing or award; today in Paris when absent
    company   siret, active, created_on, department ("09", "2A") or commune (INSEE code), listed,
              headcount, turnover, balance_sheet, was_sme (at both previous closings),
              linked   [{siren, headcount, turnover, balance_sheet}],
              partners [{siren, headcount, turnover, balance_sheet, share (0-100),
                         holder "company|investor|public"}],
              closed_on, rd_spend, charges, rd_spend_before, headcount_before, new_activity,
              qualifying_percent, academic_percent, academic_agreement, social_purpose,
              distributed_profits, equity, capital (premiums included), in_insolvency,
              unpaid_rescue_aid, in_c_area (regional aid map),
              de_minimis [{granted_on, amount (gross grant equivalent), to_siren}]
    project   stage "mvp|pre_series|launch", eligible_base, requested, gross_grant_equivalent,
              duration_months, own_funds (quasi-equity included), starts_on,
              research "fundamental|industrial|experimental|feasibility", collaborative,
              other_public_aid (on the same costs)
    caps      parameters of the call, the scheme's when absent: rate (0-1), total, grant,
              minimum_mvp, minimum_other, months, age_years, own_funds and difficulty
              "blocking|warning", regimes ["de_minimis|gber_22|gber_25"], reference

`linked` and `partners` are told by an empty list when there are none. Output: one JSON object
with eligible (true, false or null), form, ceiling, missing and findings. Exit 1 on bad input.
"""

import io
import json
import sys
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from grants.eligibility.problem import BadInput, read_problem
from grants.eligibility.verdict import judge

LONGEST = 2_000_000  # bytes; a longer document is cut and so refused as unreadable


class Command(BaseCommand):
    help = "Judge a company and its project, read as JSON on standard input."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate(timezone=ZoneInfo("Europe/Paris"))
        try:
            problem = read_problem(sys.stdin.buffer.read(LONGEST), today=today)
        except BadInput as reason:
            raise CommandError(str(reason)) from None
        verdict = judge(problem.company, problem.project, on=problem.on, caps=problem.caps)
        text = json.dumps(verdict.as_json(), ensure_ascii=False, indent=2, allow_nan=False)
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        self.stdout.write(text)
