"""Where are on-call physicians used most, and how does this change?

    python3 on_call_geography.py https://HOST

One line a region, highest first: surcharges of regulated care in EUR per inhabitant and year in the first and in the last quarter. Needs no
package.
"""

import csv
import io
import sys
import urllib.request

QUESTION = (
    "/v1/aggregates?group_by=quarter,region&service=1933,1934,1935,1936,1937,1938,1941,1942"
    "&measures=charged_per_inhabitant,charged&last=12"
)

with urllib.request.urlopen(sys.argv[1].rstrip("/") + QUESTION + "&format=csv&lang=en") as answer:
    rows = [row for row in csv.DictReader(io.TextIOWrapper(answer, "utf-8")) if row["charged_per_inhabitant"]]

quarters = sorted({row["quarter"] for row in rows})
amounts = {(row["quarter"], row["region"]): row["charged_per_inhabitant"] for row in rows}
regions = {row["region"] for row in rows}

print(f"region,{quarters[0]},{quarters[-1]}")
for region in sorted(regions, key=lambda r: (-float(amounts.get((quarters[-1], r), 0)), r)):
    print(f"{region},{amounts.get((quarters[0], region), '')},{amounts.get((quarters[-1], region), '')}")
