"""Does a region spend more because its inhabitants are older?

    python3 crude_and_standardised.py https://HOST

One line a region, highest crude amount first: reimbursements of care in EUR per inhabitant and year, the same with the ages and sexes of France
in 2023 as calculated here from eight groups, and as the service calculates it (empty where it refuses). Needs no package.
"""

import csv
import io
import sys
import urllib.error
import urllib.request
from decimal import ROUND_HALF_UP, Decimal

RATES = "/v1/aggregates?group_by={}&measures={}&last=12"


def table(question):
    with urllib.request.urlopen(sys.argv[1].rstrip("/") + question + "&format=csv&lang=en") as answer:
        return list(csv.DictReader(io.TextIOWrapper(answer, "utf-8")))


def rates(levels, measure):
    keys = levels.split(",")
    return {tuple(row[k] for k in keys): Decimal(row[measure]) for row in table(RATES.format(levels, measure)) if row[measure]}


crude = rates("region", "reimbursed_per_inhabitant")
strata = rates("region,sex,age_group", "reimbursed_per_inhabitant")
try:
    served = rates("region", "reimbursed_per_inhabitant_standardised")
except urllib.error.HTTPError as refusal:
    if refusal.code != 422:
        raise
    served = {}

people = {}
for row in table("/v1/references/population?year=2023,2024"):
    stratum = row["sex"], row["age_group"]
    people[stratum] = people.get(stratum, 0) + int(row["population"])

print("region,crude,standardised,standardised_by_service")
for (region,), amount in sorted(crude.items(), key=lambda one: (-one[1], one[0])):
    weighted = sum(weight * strata.get((region, *stratum), 0) for stratum, weight in people.items())
    standardised = (weighted / sum(people.values())).quantize(Decimal("0.01"), ROUND_HALF_UP)
    print(f"{region},{amount},{standardised},{served.get((region,), '')}")
