"""Reads the cube of a release with pandas and pyarrow: its sums by month, region, age band, sex and service group.

    python3 read_cube.py https://HOST/v1/releases/latest/files

Amounts are in cents. A sum whose quantity is between 1 and 10 is not to be shown (docs/files.md).
"""

import hashlib
import io
import json
import sys
import urllib.request

import pandas as pd

base = sys.argv[1].rstrip("/")


def read(name):
    with urllib.request.urlopen(f"{base}/{name}") as answer:
        return answer.read()


def table(resource):
    content = read(resource["path"])
    if resource["hash"] != "sha256:" + hashlib.sha256(content).hexdigest():
        sys.exit(f"{resource['path']} is damaged")
    return pd.read_parquet(io.BytesIO(content))


package = json.loads(read("datapackage.json"))
cube = pd.concat([table(r) for r in package["resources"] if r["kind"] == "cube"])

for measure, level in (("charged", "month"), ("quantity", "sex"), ("reimbursed", "region")):
    for key, value in cube.groupby(level)[measure].sum().sort_index().items():
        print(f"{measure},{key},{value}")
