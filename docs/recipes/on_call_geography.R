# Where are on-call physicians used most, and how does this change?
#
#   Rscript on_call_geography.R https://HOST
#
# One line a region, highest first: surcharges of regulated care in EUR per inhabitant and year in the first and in the last quarter. Needs no
# package.

question <- paste0(
  "/v1/aggregates?group_by=quarter,region&service=1933,1934,1935,1936,1937,1938,1941,1942",
  "&measures=charged_per_inhabitant,charged&last=12"
)

base <- sub("/+$", "", commandArgs(trailingOnly = TRUE)[1])
rows <- read.csv(paste0(base, question, "&format=csv&lang=en"), colClasses = "character", encoding = "UTF-8")
rows <- rows[rows$charged_per_inhabitant != "", ]

quarters <- range(rows$quarter)
regions <- unique(rows$region)
amount <- function(quarter, region) {
  found <- rows$charged_per_inhabitant[rows$quarter == quarter & rows$region == region]
  if (length(found) == 0) "" else found
}
first <- sapply(regions, function(region) amount(quarters[1], region))
last <- sapply(regions, function(region) amount(quarters[2], region))
rank <- as.numeric(ifelse(last == "", "0", last))

cat(sprintf("region,%s,%s\n", quarters[1], quarters[2]))
order <- order(-rank, regions, method = "radix")
cat(sprintf("%s,%s,%s\n", regions[order], first[order], last[order]), sep = "")
