"""Does organised screening reach the regions where individual screening is rare?

    python3 cancer_screening.py https://HOST

One line a region: tests of the organised programme and individual screening consultations per 1,000 inhabitants and year; then the correlation
of the regions that have both. Needs no package.
"""

import csv
import io
import sys
import urllib.request
from math import fsum, sqrt

QUESTION = "/v1/aggregates?group_by=region,service&service=9434,1140&measures=acts_per_1000,reimbursement_rate&last=12"
ORGANISED, INDIVIDUAL = "9434", "1140"

with urllib.request.urlopen(sys.argv[1].rstrip("/") + QUESTION + "&format=csv&lang=en") as answer:
    rows = [row for row in csv.DictReader(io.TextIOWrapper(answer, "utf-8")) if row["acts_per_1000"]]


def correlation(x, y):
    x = [a - fsum(x) / len(x) for a in x]
    y = [b - fsum(y) / len(y) for b in y]
    return fsum(a * b for a, b in zip(x, y)) / sqrt(fsum(a * a for a in x) * fsum(b * b for b in y))


acts = {(row["region"], row["service"]): row["acts_per_1000"] for row in rows}
regions = sorted({row["region"] for row in rows})
print("region,organised_per_1000,individual_per_1000")
for region in regions:
    print(f"{region},{acts.get((region, ORGANISED), '')},{acts.get((region, INDIVIDUAL), '')}")

both = [r for r in regions if (r, ORGANISED) in acts and (r, INDIVIDUAL) in acts]
if len(both) > 2:
    organised = [float(acts[r, ORGANISED]) for r in both]
    individual = [float(acts[r, INDIVIDUAL]) for r in both]
    print(f"correlation,{len(both)},{correlation(organised, individual):+.3f}")
