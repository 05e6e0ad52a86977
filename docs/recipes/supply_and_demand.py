"""Does the demand for care follow its supply? The headline result of the DAMIR hackathon of 26 January 2015.

    python3 supply_and_demand.py https://HOST

Reads reference tables of the service and needs no package. One line a model: departments, consultations a year for 100 more general
practitioners per 100,000 insured persons, standard error; then the same of the regions of today, where the release has enough of them.
"""

import csv
import io
import sys
import urllib.request
from collections import defaultdict
from math import fsum, sqrt

BASE = sys.argv[1].rstrip("/")
LEFT_OUT = "25_29"  # the shares of all bands add up to 1: one of them says nothing new
MAYOTTE = "976"


def table(question):
    with urllib.request.urlopen(f"{BASE}{question}") as answer:
        return list(csv.DictReader(io.TextIOWrapper(answer, "utf-8")))


def product(one, other):
    return fsum(a * b for a, b in zip(one, other))


def remainder(column, others):
    """What is left of a column when the others, which are at right angles, have explained what they can."""
    for other in others:
        share = product(column, other) / product(other, other)
        column = [a - share * b for a, b in zip(column, other)]
    return column


def slope(outcome, supply, *controls):
    """The coefficient of the supply in ordinary least squares with a constant and controls, and its standard error."""
    explained = [[1.0] * len(outcome)]
    for control in controls:
        explained.append(remainder(remainder(control, explained), explained))  # twice: the first leaves a rounding error
    supply = remainder(remainder(supply, explained), explained)
    spread = product(supply, supply)
    coefficient = product(outcome, supply) / spread
    residuals = remainder(outcome, explained + [supply])
    freedom = len(outcome) - len(explained) - 1
    return coefficient, sqrt(product(residuals, residuals) / freedom / spread)


departments = table("/v1/references/gp_supply_2013?format=csv&labels=id")
incomes = {row["department"]: row for row in table("/v1/references/household_income_2011?format=csv&labels=id")}
ages = defaultdict(lambda: defaultdict(int))
for row in table("/v1/references/insured_population?format=csv&labels=id&year=2013"):
    ages[row["department"]][row["age_band_5"]] += int(row["insured"])
bands = sorted({band for department in ages.values() for band in department} - {LEFT_OUT})


def age_shares(rows):
    return [[ages[r["department"]][band] / sum(ages[r["department"]].values()) for r in rows] for band in bands]


def income(rows):
    return [[float(incomes[r["department"]][column]) for r in rows] for column in ("taxed_households_percent", "median_income")]


def line(name, consultations, physicians, *controls):
    coefficient, error = slope(consultations, physicians, *controls)
    print(f"{name},{len(consultations)},{coefficient:+.4f},{error:.4f}")


def model(name, rows, *controls):
    consultations = [int(row["consultations"]) / int(row["insured"]) for row in rows]
    physicians = [1000 * int(row["general_practitioners"]) / int(row["insured"]) for row in rows]
    line(name, consultations, physicians, *controls)


mainland = [row for row in departments if row["department"] in incomes]
others = [row for row in departments if row["department"] != MAYOTTE]

print("model,departments,consultations,standard_error")
model("physicians", departments)
model("physicians and ages", departments, *age_shares(departments))
model("physicians and ages and income", mainland, *age_shares(mainland), *income(mainland))
model("physicians without Mayotte", others)
model("physicians and ages without Mayotte", others, *age_shares(others))

physicians = defaultdict(float)
for row in table("/v1/references/physicians?format=csv&labels=id&year=2014&specialty=M%C3%A9decine%20g%C3%A9n%C3%A9rale&mode=liberal,mixed"):
    physicians[row["region"]] += float(row["per_100000"]) / 100
acts = {
    row["region"]: float(row["acts_per_1000"]) / 1000
    for row in table("/v1/aggregates?format=csv&labels=id&group_by=region&service=1110&measures=acts_per_1000&last=12")
    if row["acts_per_1000"]
}
regions = sorted(physicians.keys() & acts.keys())
if len(regions) > 2:
    line("physicians of regions today", [acts[region] for region in regions], [physicians[region] for region in regions])
