# Does organised screening reach the regions where individual screening is rare?
#
#   Rscript cancer_screening.R https://HOST
#
# One line a region: tests of the organised programme and individual screening consultations per 1,000 inhabitants and year; then the
# correlation of the regions that have both. Needs no package.

question <- "/v1/aggregates?group_by=region,service&service=9434,1140&measures=acts_per_1000,reimbursement_rate&last=12"

base <- sub("/+$", "", commandArgs(trailingOnly = TRUE)[1])
rows <- read.csv(paste0(base, question, "&format=csv&lang=en"), colClasses = "character", encoding = "UTF-8")
rows <- rows[rows$acts_per_1000 != "", ]

acts <- function(service) {
  found <- rows[rows$service == service, ]
  setNames(found$acts_per_1000, found$region)
}
regions <- sort(unique(rows$region), method = "radix")
organised <- acts("9434")[regions]
individual <- acts("1140")[regions]

shown <- function(value) ifelse(is.na(value), "", value)
cat("region,organised_per_1000,individual_per_1000\n")
cat(sprintf("%s,%s,%s\n", regions, shown(organised), shown(individual)), sep = "")

both <- !is.na(organised) & !is.na(individual)
if (sum(both) > 2) {
  cat(sprintf("correlation,%d,%+.3f\n", sum(both), cor(as.numeric(organised[both]), as.numeric(individual[both]))))
}
