"""Which share of community care is given at night, on Sundays and public holidays, or as an emergency?

    python3 community_and_on_call_care.py https://HOST

One line a region: share with a surcharge, and share that is not disclosed, in percent of charges. Needs no package.
"""

import csv
import io
import sys
import urllib.request

QUESTION = "/v1/aggregates?group_by=region,supplement&service_kind=care&measures=charged&last=12"
ON_CALL = {"1", "2", "3"}

with urllib.request.urlopen(sys.argv[1].rstrip("/") + QUESTION + "&format=csv&lang=en&limit=10000") as answer:
    rows = [row for row in csv.DictReader(io.TextIOWrapper(answer, "utf-8")) if row["charged"]]

print("region,on_call_percent,not_disclosed_percent")
for region in sorted({row["region"] for row in rows}):
    charged = {row["supplement"]: float(row["charged"]) for row in rows if row["region"] == region}
    total = sum(charged.values())
    on_call = sum(amount for supplement, amount in charged.items() if supplement in ON_CALL)
    print(f"{region},{100 * on_call / total:.2f},{100 * charged.get('ND', 0) / total:.2f}")
