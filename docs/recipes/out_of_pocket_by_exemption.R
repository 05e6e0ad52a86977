# How do out-of-pocket costs evolve by reason of exemption?
#
#   Rscript out_of_pocket_by_exemption.R https://HOST
#
# One line a reason: first and last month, out-of-pocket costs of both in EUR, change in percent. Needs no package.

question <- "/v1/aggregates?group_by=month,exemption_group&measures=out_of_pocket,reimbursement_rate&last=12"

base <- sub("/+$", "", commandArgs(trailingOnly = TRUE)[1])
rows <- read.csv(paste0(base, question, "&format=csv&lang=en"), encoding = "UTF-8")

cat("exemption,first,last,out_of_pocket_first,out_of_pocket_last,change_percent\n")
for (reason in sort(unique(rows$exemption_group), method = "radix")) {
  months <- rows[rows$exemption_group == reason & !is.na(rows$out_of_pocket), ]
  if (nrow(months) > 0) {
    months <- months[order(months$month), ]
    before <- months$out_of_pocket[1]
    after <- months$out_of_pocket[nrow(months)]
    change <- if (before > 0) sprintf("%.1f", 100 * (after / before - 1)) else ""
    cat(sprintf("%s,%s,%s,%.2f,%.2f,%s\n", reason, months$month[1], months$month[nrow(months)], before, after, change))
  }
}
