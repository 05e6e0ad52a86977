# Are excess fees higher where physicians are rare, or where they are many? Ophthalmologists of the mainland regions.
#
#   Rscript physician_density_and_excess_fees.R https://HOST
#
# One line a region: ophthalmologists per 100,000 inhabitants, share of excess fees in what they charge; then the correlation. Needs no package.

density_question <- "/v1/references/physicians?year=2014&specialty=Ophtalmologie&mode=liberal,mixed"
excess_question <- "/v1/aggregates?group_by=region&provider_specialty=15&measures=excess_rate,excess_fees_per_inhabitant&last=12"

base <- sub("/+$", "", commandArgs(trailingOnly = TRUE)[1])

# Codes of regions are text: 99, ND.
table_of <- function(question) {
  read.csv(paste0(base, question, "&format=csv&lang=en"), colClasses = c(region = "character"), encoding = "UTF-8")
}

density <- aggregate(per_100000 ~ region, table_of(density_question), sum)
rates <- table_of(excess_question)
both <- merge(density, rates[!is.na(rates$excess_rate), c("region", "excess_rate")])
both <- both[both$region != "5", ] # overseas
both <- both[order(both$region, method = "radix"), ]

cat("region,ophthalmologists_per_100000,excess_rate\n")
cat(sprintf("%s,%.2f,%.4f\n", both$region, both$per_100000, both$excess_rate), sep = "")
cat(sprintf("correlation,%d,%+.3f\n", nrow(both), cor(both$per_100000, both$excess_rate)))
