package fr.opendamir.format;

import fr.opendamir.table.AnswerTable;

/**
 * Newline-delimited JSON: one line per row, with the same object as in the JSON answer, ended by
 * LF. The body is empty if there are no rows.
 */
final class NdjsonFormat implements AnswerFormat {
  @Override
  public String id() {
    return "ndjson";
  }

  @Override
  public String mediaType() {
    return "application/x-ndjson";
  }

  @Override
  public String description() {
    return "An AnswerRow a line";
  }

  @Override
  public boolean isStreamable() {
    return true;
  }

  @Override
  public JacksonEncoder encoder(AnswerTable table) {
    JacksonRows lines = new JacksonRows(table.columns());
    return new JacksonEncoder(
        JsonText::open,
        (out, row) -> {
          lines.write(out, row);
          out.writeRaw('\n');
        });
  }
}
