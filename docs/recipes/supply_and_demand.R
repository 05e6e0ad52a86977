# Does the demand for care follow its supply? The headline result of the DAMIR hackathon of 26 January 2015.
#
#   Rscript supply_and_demand.R https://HOST
#
# Reads three reference tables of the service and needs no package. One line a model: departments, consultations a year for 100 more
# general practitioners per 100,000 insured persons, standard error.

base <- sub("/+$", "", commandArgs(trailingOnly = TRUE)[1])

# Departments are text: 01, 2A.
table_of <- function(path) {
  read.csv(paste0(base, "/v1/references/", path), colClasses = c(department = "character"), encoding = "UTF-8")
}

departments <- table_of("gp_supply_2013?format=csv&labels=id")
departments$consultations_per_person <- departments$consultations / departments$insured
departments$physicians_per_1000 <- 1000 * departments$general_practitioners / departments$insured

insured <- table_of("insured_population?format=csv&labels=id&year=2013")
people <- xtabs(insured ~ department + age_band_5, insured)
shares <- as.data.frame.matrix(people / rowSums(people))
shares <- shares[, setdiff(names(shares), "25_29")] # the shares of all bands add up to 1: one of them says nothing new
names(shares) <- paste0("age_", names(shares))
departments <- cbind(departments, shares[departments$department, ])

incomes <- table_of("household_income_2011?format=csv&labels=id")
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
