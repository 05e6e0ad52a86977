"""Are excess fees higher where physicians are rare, or where they are many? Ophthalmologists of the mainland regions.

    python3 physician_density_and_excess_fees.py https://HOST

One line a region: ophthalmologists per 100,000 inhabitants, share of excess fees in what they charge; then the correlation. Needs no package.
"""

import csv
import io
import sys
import urllib.request
from math import fsum, sqrt

DENSITY = "/v1/references/physicians?year=2014&specialty=Ophtalmologie&mode=liberal,mixed"
EXCESS_FEES = "/v1/aggregates?group_by=region&provider_specialty=15&measures=excess_rate,excess_fees_per_inhabitant&last=12"
OVERSEAS = "5"


def table(question):
    with urllib.request.urlopen(sys.argv[1].rstrip("/") + question + "&format=csv&lang=en") as answer:
        return list(csv.DictReader(io.TextIOWrapper(answer, "utf-8")))


def correlation(x, y):
    x = [a - fsum(x) / len(x) for a in x]
    y = [b - fsum(y) / len(y) for b in y]
    return fsum(a * b for a, b in zip(x, y)) / sqrt(fsum(a * a for a in x) * fsum(b * b for b in y))


density = {}
for row in table(DENSITY):
    density[row["region"]] = density.get(row["region"], 0) + float(row["per_100000"])
rates = {row["region"]: float(row["excess_rate"]) for row in table(EXCESS_FEES) if row["excess_rate"]}
regions = sorted(density.keys() & rates.keys() - {OVERSEAS})

print("region,ophthalmologists_per_100000,excess_rate")
for region in regions:
    print(f"{region},{density[region]:.2f},{rates[region]:.4f}")
print(f"correlation,{len(regions)},{correlation([density[r] for r in regions], [rates[r] for r in regions]):+.3f}")
