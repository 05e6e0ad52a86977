"""How do out-of-pocket costs evolve by reason of exemption?

    python3 out_of_pocket_by_exemption.py https://HOST

One line a reason: first and last month, out-of-pocket costs of both in EUR, change in percent. Needs no package.
"""

import csv
import io
import sys
import urllib.request

QUESTION = "/v1/aggregates?group_by=month,exemption_group&measures=out_of_pocket,reimbursement_rate&last=12"

with urllib.request.urlopen(sys.argv[1].rstrip("/") + QUESTION + "&format=csv&lang=en") as answer:
    rows = list(csv.DictReader(io.TextIOWrapper(answer, "utf-8")))

print("exemption,first,last,out_of_pocket_first,out_of_pocket_last,change_percent")
for reason in sorted({row["exemption_group"] for row in rows}):
    months = {row["month"]: row for row in rows if row["exemption_group"] == reason and row["out_of_pocket"]}
    if months:
        first, last = min(months), max(months)
        before, after = float(months[first]["out_of_pocket"]), float(months[last]["out_of_pocket"])
        change = f"{100 * (after / before - 1):.1f}" if before > 0 else ""
        print(f"{reason},{first},{last},{before:.2f},{after:.2f},{change}")
