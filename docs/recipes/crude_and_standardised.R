# Does a region spend more because its inhabitants are older?
#
#   Rscript crude_and_standardised.R https://HOST
#
# One line a region, highest crude amount first: reimbursements of care in EUR per inhabitant and year, the same with the ages and sexes of
# France in 2023 as calculated here from eight groups, and as the service calculates it (empty where it refuses). Needs no package.

base <- sub("/+$", "", commandArgs(trailingOnly = TRUE)[1])

table_of <- function(question) {
  read.csv(paste0(base, question, "&format=csv&lang=en"), colClasses = "character", encoding = "UTF-8")
}
rates <- function(levels, measure) {
  found <- table_of(paste0("/v1/aggregates?group_by=", levels, "&measures=", measure, "&last=12"))
  found[found[[measure]] != "", ]
}

crude <- rates("region", "reimbursed_per_inhabitant")
strata <- rates("region,sex,age_group", "reimbursed_per_inhabitant")
served <- tryCatch(
  suppressWarnings(rates("region", "reimbursed_per_inhabitant_standardised")),
  error = function(refusal) data.frame(region = character(), reimbursed_per_inhabitant_standardised = character())
)

people <- table_of("/v1/references/population?year=2023,2024")
weights <- tapply(as.numeric(people$population), paste(people$sex, people$age_group), sum)

strata$weighted <- as.numeric(strata$reimbursed_per_inhabitant) * weights[paste(strata$sex, strata$age_group)]
standardised <- tapply(strata$weighted, strata$region, sum) / sum(weights)

crude <- crude[order(-as.numeric(crude$reimbursed_per_inhabitant), crude$region, method = "radix"), ]
served <- served$reimbursed_per_inhabitant_standardised[match(crude$region, served$region)]
served[is.na(served)] <- ""
cat("region,crude,standardised,standardised_by_service\n")
cat(
  sprintf("%s,%s,%.2f,%s\n", crude$region, crude$reimbursed_per_inhabitant, standardised[crude$region], served),
  sep = ""
)
