# Which share of community care is given at night, on Sundays and public holidays, or as an emergency?
#
#   Rscript community_and_on_call_care.R https://HOST
#
# One line a region: share with a surcharge, and share that is not disclosed, in percent of charges. Needs no package.

question <- "/v1/aggregates?group_by=region,supplement&service_kind=care&measures=charged&last=12"

base <- sub("/+$", "", commandArgs(trailingOnly = TRUE)[1])
rows <- read.csv(
  paste0(base, question, "&format=csv&lang=en&limit=10000"),
  colClasses = c(region = "character", supplement = "character"),
  encoding = "UTF-8"
)
rows <- rows[!is.na(rows$charged), ]

cat("region,on_call_percent,not_disclosed_percent\n")
for (region in sort(unique(rows$region), method = "radix")) {
  own <- rows[rows$region == region, ]
  total <- sum(own$charged)
  on_call <- sum(own$charged[own$supplement %in% c("1", "2", "3")])
  not_disclosed <- sum(own$charged[own$supplement == "ND"])
  cat(sprintf("%s,%.2f,%.2f\n", region, 100 * on_call / total, 100 * not_disclosed / total))
}
