# Does the demand for care follow its supply? The headline result of the DAMIR hackathon of 26 January 2015.
#
#   Rscript supply_and_demand.R https://HOST
#
# Reads reference tables of the service and needs no package. One line a model: departments, consultations a year for 100 more general
# practitioners per 100,000 insured persons, standard error; then the same of the regions of today, where the release has enough of them.

base <- sub("/+$", "", commandArgs(trailingOnly = TRUE)[1])

# Codes are text: department 01, region ND.
table_of <- function(question, code = "department") {
  read.csv(paste0(base, question), colClasses = setNames("character", code), encoding = "UTF-8")
}

departments <- table_of("/v1/references/gp_supply_2013?format=csv&labels=id")
departments$consultations_per_person <- departments$consultations / departments$insured
departments$physicians_per_1000 <- 1000 * departments$general_practitioners / departments$insured

insured <- table_of("/v1/references/insured_population?format=csv&labels=id&year=2013")
people <- xtabs(insured ~ department + age_band_5, insured)
shares <- as.data.frame.matrix(people / rowSums(people))
shares <- shares[, setdiff(names(shares), "25_29")] # the shares of all bands add up to 1: one of them says nothing new
names(shares) <- paste0("age_", names(shares))
departments <- cbind(departments, shares[departments$department, ])

incomes <- table_of("/v1/references/household_income_2011?format=csv&labels=id")
mainland <- merge(departments, incomes[, c("department", "taxed_households_percent", "median_income")])
others <- departments[departments$department != "976", ] # without Mayotte

model <- function(name, rows, controls = character()) {
  formula <- reformulate(c("physicians_per_1000", controls), "consultations_per_person")
  found <- summary(lm(formula, rows))$coefficients["physicians_per_1000", ]
  cat(sprintf("%s,%d,%+.4f,%.4f\n", name, nrow(rows), found["Estimate"], found["Std. Error"]))
}

cat("model,departments,consultations,standard_error\n")
model("physicians", departments)
model("physicians and ages", departments, names(shares))
model("physicians and ages and income", mainland, c(names(shares), "taxed_households_percent", "median_income"))
model("physicians without Mayotte", others)
model("physicians and ages without Mayotte", others, names(shares))

physicians <- table_of(
  "/v1/references/physicians?format=csv&labels=id&year=2014&specialty=M%C3%A9decine%20g%C3%A9n%C3%A9rale&mode=liberal,mixed",
  "region"
)
acts <- table_of("/v1/aggregates?format=csv&labels=id&group_by=region&service=1110&measures=acts_per_1000&last=12", "region")
regions <- merge(aggregate(per_100000 ~ region, physicians, sum), acts[!is.na(acts$acts_per_1000), ])
if (nrow(regions) > 2) {
  regions$physicians_per_1000 <- regions$per_100000 / 100
  regions$consultations_per_person <- regions$acts_per_1000 / 1000
  model("physicians of regions today", regions)
}
