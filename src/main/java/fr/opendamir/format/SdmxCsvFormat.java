package fr.opendamir.format;

import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import fr.opendamir.table.AnswerTable;

/**
 * SDMX-CSV 2.0: a line for each figure, with the identifiers of the structure in front. Dimensions
 * are those that the answer is grouped by; all others are totals of what the question selects. The
 * codes are in the document of the structure.
 */
final class SdmxCsvFormat implements AnswerFormat {
  @Override
  public String id() {
    return "sdmx-csv";
  }

  @Override
  public String mediaType() {
    return "application/vnd.sdmx.data+csv;version=2.0.0";
  }

  @Override
  public String fileExtension() {
    return "sdmx.csv";
  }

  @Override
  public String description() {
    return "SDMX-CSV 2.0: a line a figure; labels=id unless asked otherwise";
  }

  @Override
  public boolean isStreamable() {
    return true;
  }

  @Override
  public boolean isOfAnswersOnly() {
    return true;
  }

  @Override
  public boolean hasLabelsOnRequestOnly() {
    return true;
  }

  @Override
  public JacksonEncoder encoder(AnswerTable table) {
    SdmxLines lines = new SdmxLines(table);
    return new JacksonEncoder(
        bytes -> CsvFormat.open(lines.header(), bytes, CsvSchema.builder()), lines::write);
  }
}
