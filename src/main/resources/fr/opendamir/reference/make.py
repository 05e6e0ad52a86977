"""Makes the reference tables from the public files listed in README.md: python3 make.py FOLDER."""
import collections
import csv
import re
import sys

SOURCE = sys.argv[1]


def rows(name, delimiter=","):
    with open(f"{SOURCE}/{name}", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def write(name, columns, lines):
    with open(f"{name}.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(lines)


def number(text):
    return int(float(text))


regions = rows("regions_insee_damir.csv")
damir = {r["code_insee"]: r["code_damir"] for r in regions}
GROUPS = {"0 à 19 ans": "0_19", "20 à 39 ans": "20_39", "40 à 59 ans": "40_59", "60 à 74 ans": "60_plus", "75 ans et plus": "60_plus"}
SEXES = {"H": "1", "F": "2"}

# Population on 1 January: the file has 31 December.
population = collections.Counter()
of_region = collections.Counter()
for r in rows("population_region_2018_2024_sexe_age.csv"):
    if r["code_region_insee"] and r["sexe"] in SEXES and r["tranche_age"] in GROUPS:
        year = int(r["annee_fin"]) + 1
        key = (year, damir[r["code_region_insee"]], SEXES[r["sexe"]], GROUPS[r["tranche_age"]])
        population[key] += number(r["population"])
        of_region[(year, r["code_region_insee"])] += number(r["population"])
write("population", ["year", "region", "sex", "age_group", "population"],
      [(*key, population[key]) for key in sorted(population, key=lambda k: (k[0], int(k[1]), k[2], k[3]))])

# Departments of the regions of 2016.
DEPARTMENTS = {
    "84": "01 03 07 15 26 38 42 43 63 69 73 74", "27": "21 25 39 58 70 71 89 90", "53": "22 29 35 56",
    "24": "18 28 36 37 41 45", "94": "2A 2B", "44": "08 10 51 52 54 55 57 67 68 88", "32": "02 59 60 62 80",
    "11": "75 77 78 91 92 93 94 95", "28": "14 27 50 61 76", "75": "16 17 19 23 24 33 40 47 64 79 86 87",
    "76": "09 11 12 30 31 32 34 46 48 65 66 81 82", "52": "44 49 53 72 85", "93": "04 05 06 13 83 84",
    "01": "971", "02": "972", "03": "973", "04": "974", "06": "976"}
region_of = {d: insee for insee, all in DEPARTMENTS.items() for d in all.split()}
FORMER = {
    "84": ["Auvergne", "Rhône-Alpes"], "27": ["Bourgogne", "Franche-Comté"], "53": ["Bretagne"], "24": ["Centre"],
    "94": ["Corse"], "44": ["Alsace", "Champagne-Ardenne", "Lorraine"], "32": ["Nord-Pas-de-Calais", "Picardie"],
    "11": ["Île-de-France"], "28": ["Basse-Normandie", "Haute-Normandie"],
    "75": ["Aquitaine", "Limousin", "Poitou-Charentes"], "76": ["Languedoc-Roussillon", "Midi-Pyrénées"],
    "52": ["Pays de la Loire"], "93": ["Provence-Alpes-Côte d'Azur"], "01": ["Guadeloupe"], "02": ["Martinique"],
    "03": ["Guyane"], "04": ["La Réunion"], "06": ["Mayotte"]}
last = max(year for year, _ in of_region)
write("regions", ["insee", "region", "name", "zone", "former_regions", "departments", "geometry", "population"],
      [(r["code_insee"], r["code_damir"], r["nom"], r["zone"], "; ".join(FORMER.get(r["code_insee"], [])),
        " ".join(DEPARTMENTS.get(r["code_insee"], "").split()),
        "https://github.com/gregoiredavid/france-geojson/blob/5d34ee6/regions-avec-outre-mer.geojson"
        if r["code_damir"] else "",
        of_region.get((last, r["code_insee"]), "")) for r in regions])

# Physicians: Mayotte and the totals among the specialties are left out.
people = collections.Counter()
for r in rows("population_departement_2009_2014_sexe_age.csv", ";"):
    dep = r["dep"] if len(r["dep"]) > 1 else "0" + r["dep"]
    people[(r["annee"], damir[region_of[dep]])] += number(r["value"])
MODES = {"Libéraux exclusifs": "liberal", "Mixtes": "mixed", "Salariés Hospitaliers": "hospital",
         "Autres Salariés": "other_salaried"}
TOTALS = {"Ensemble des spécialités d'exercice", "Spécialistes", "Généralistes"}
physicians = collections.Counter()
for r in rows("rpps_medecins_specialite_zone.csv"):
    found = re.match(r"(\d\d\d|\d\d|2A|2B) - ", r["zone_inscription"])
    if found and found[1] != "976" and r["mode_exercice"] in MODES and r["specialite"] not in TOTALS:
        key = (r["annee"], damir[region_of[found[1]]], r["specialite"], MODES[r["mode_exercice"]])
        physicians[key] += number(r["effectifs"])


def density(count, population):
    millionths = (2 * 100_000 * 1_000_000 * count + population) // (2 * population)
    return f"{millionths // 1_000_000}.{millionths % 1_000_000:06d}"


write("physicians", ["year", "region", "specialty", "mode", "physicians", "per_100000"],
      [(*key, physicians[key], density(physicians[key], people[(key[0], key[1])]))
       for key in sorted(physicians, key=lambda k: (k[0], int(k[1]), k[2], list(MODES.values()).index(k[3])))])

# Insured population: lines of one department are added up; 5N is Nord.
insured = collections.Counter()
for year in range(2009, 2015):
    for r in rows(f"population_protegee_{year}.csv"):
        dep = {"5N": "59"}.get(r["dpt"], r["dpt"])
        for column, value in r.items():
            found = re.match(r"(\d+) (?:à (\d+) ans|ans et plus)(\.1)?$", column)
            if found:
                band = f"{found[1]}_{found[2] or 'plus'}"
                insured[(str(year), dep, "2" if found[3] else "1", int(found[1]), band)] += number(value or "0")
unknown = {key[1] for key in insured} - set(region_of)
print("departments left out:", sorted(unknown), file=sys.stderr)
write("insured_population", ["year", "department", "sex", "age_band_5", "region", "insured"],
      [(k[0], k[1], k[2], k[4], damir[region_of[k[1]]], insured[k])
       for k in sorted(insured, key=lambda k: k[:4]) if k[1] in region_of])

supply = rows("supply-2013/gp_consultations_by_department_2013.csv")
write("gp_supply_2013", ["department", "name", "region", "consultations", "general_practitioners", "insured"],
      [(r["dep"], r["label"].split("-", 1)[1], damir[region_of[r["dep"]]], r["gp_consultations_and_visits"],
        r["general_practitioners"], r["insured"]) for r in supply])
write("household_income_2011", ["department", "name", "region", "taxed_households_percent", "median_income"],
      [(r["dep"], r["label"], damir[region_of[r["dep"]]],
        f"{float(r['taxed_households_percent']):.6f}",
        r["median_income_per_unit_eur"]) for r in rows("supply-2013/household_income_by_department_2011.csv")])
