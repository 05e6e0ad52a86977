# Reads the cube of a release with arrow and jsonlite: its sums by month, region, age band, sex and service group.
#
#   Rscript read_cube.R https://HOST/v1/releases/latest/files
#
# Amounts are in cents, as numbers of 64 bits. A sum whose quantity is between 1 and 10 is not to be shown (docs/files.md).

library(arrow)
library(jsonlite)

base <- sub("/+$", "", commandArgs(trailingOnly = TRUE)[1])
package <- fromJSON(paste0(base, "/datapackage.json"), simplifyVector = FALSE)

read <- function(resource) {
  file <- tempfile(fileext = ".parquet")
  download.file(paste0(base, "/", resource$path), file, mode = "wb", quiet = TRUE)
  as.data.frame(read_parquet(file))
}

cube <- do.call(rbind, lapply(Filter(function(r) r$kind == "cube", package$resources), read))

for (answer in list(c("charged", "month"), c("quantity", "sex"), c("reimbursed", "region"))) {
  sums <- tapply(as.numeric(cube[[answer[1]]]), cube[[answer[2]]], sum)
  for (key in sort(names(sums), method = "radix")) {
    cat(sprintf("%s,%s,%.0f\n", answer[1], key, sums[[key]]))
  }
}
