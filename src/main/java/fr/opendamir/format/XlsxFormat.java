package fr.opendamir.format;

import fr.opendamir.table.AnswerTable;

/**
 * An Office Open XML workbook, which spreadsheets open without an import dialogue. Its sheets are
 * about the answer, its rows, and the codes of the rows with their labels in both languages: see
 * {@link XlsxEncoder}.
 */
final class XlsxFormat implements AnswerFormat {
  /** Rows of a sheet besides the header line. */
  static final int MOST_ROWS = 1_048_575;

  @Override
  public String id() {
    return "xlsx";
  }

  @Override
  public String mediaType() {
    return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  }

  @Override
  public String description() {
    return "A workbook (Office Open XML) with sheets about the answer, its rows and its codes";
  }

  @Override
  public boolean isStreamable() {
    return true;
  }

  @Override
  public boolean isCompressible() {
    return false;
  }

  /** The file says when it was written. */
  @Override
  public boolean isReproducible() {
    return false;
  }

  @Override
  public XlsxEncoder encoder(AnswerTable table) {
    return new XlsxEncoder(table);
  }
}
