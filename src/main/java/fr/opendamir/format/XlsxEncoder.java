package fr.opendamir.format;

import fr.opendamir.table.AnswerDescription;
import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Axis;
import fr.opendamir.table.Column;
import fr.opendamir.table.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Writes a workbook batch by batch. Rows leave the memory with their batch; what stays are the
 * texts that occur, each once, and the codes of each axis.
 *
 * <p>Texts are texts whatever they begin with: no cell is a formula. Sheets are written one after
 * another, as the parts of a ZIP file: about the answer, rows, codes.
 */
final class XlsxEncoder implements RowEncoder {
  private static final double WIDTH_OF_LABELS = 32;
  private static final double WIDTH_OF_OTHERS = 16;

  private final AnswerTable table;
  private final SheetTexts texts;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(8192);
  private final Workbook workbook = new Workbook(bytes, "Open DAMIR API", null);
  private final Worksheet data;
  private final List<XlsxCells> cells;
  private final List<Set<String>> codes = new ArrayList<>();
  private int line = 1;
  private boolean isOver;

  XlsxEncoder(AnswerTable table) {
    this.table = table;
    AnswerDescription description = table.description().orElseThrow();
    texts = new SheetTexts(description);
    table.axes().forEach(axis -> codes.add(new LinkedHashSet<>()));
    try {
      writeDescription(workbook.newWorksheet(texts.readMe()), table, description);
      data = workbook.newWorksheet(texts.data());
      cells = table.columns().stream().map(column -> new XlsxCells(data, column)).toList();
      beginData();
    } catch (IOException e) {
      throw JacksonEncoder.cannotFail(e);
    }
  }

  @Override
  public byte[] write(List<Row> next) {
    try {
      writeRows(next);
      return take();
    } catch (IOException e) {
      throw JacksonEncoder.cannotFail(e);
    }
  }

  @Override
  public byte[] end() {
    if (isOver) {
      return NOTHING;
    }
    isOver = true;
    try {
      if (!table.columns().isEmpty()) {
        data.setAutoFilter(0, 0, line - 1, table.columns().size() - 1);
      }
      data.finish();
      writeCodes(workbook.newWorksheet(texts.codes()));
      workbook.finish();
      return take();
    } catch (IOException e) {
      throw JacksonEncoder.cannotFail(e);
    }
  }

  private void writeRows(List<Row> rows) throws IOException {
    for (Row row : rows) {
      for (int i = 0; i < cells.size(); i++) {
        cells.get(i).write(line, i, row);
      }
      for (int i = 0; i < codes.size(); i++) {
        codes.get(i).add(row.codes().get(i));
      }
      line++;
    }
    data.flush();
  }

  private byte[] take() {
    byte[] taken = bytes.toByteArray();
    bytes.reset();
    return taken;
  }

  /** Widths and the frozen line must be set before the first rows are flushed. */
  private void beginData() throws IOException {
    for (int i = 0; i < table.columns().size(); i++) {
      Column column = table.columns().get(i);
      data.width(
          i,
          switch (column.type()) {
            case LABEL -> WIDTH_OF_LABELS;
            default -> WIDTH_OF_OTHERS;
          });
      writeHeader(data, i, column.name());
    }
    data.freezePane(0, 1);
    data.flush();
  }

  private void writeDescription(Worksheet sheet, AnswerTable answer, AnswerDescription description)
      throws IOException {
    sheet.width(0, WIDTH_OF_LABELS);
    sheet.width(1, 4 * WIDTH_OF_LABELS);
    int row = 0;
    for (SheetTexts.Line one : texts.lines(answer, description)) {
      writeHeader(sheet, 0, row, one.name());
      sheet.value(row, 1, XlsxCells.fitting(one.text()));
      sheet.style(row, 1).wrapText(true).set();
      row++;
    }
    sheet.finish();
  }

  private void writeCodes(Worksheet sheet) throws IOException {
    List<String> header = texts.headerOfCodes();
    for (int i = 0; i < header.size(); i++) {
      sheet.width(i, i < 2 ? WIDTH_OF_OTHERS : 2 * WIDTH_OF_LABELS);
      writeHeader(sheet, i, header.get(i));
    }
    sheet.freezePane(0, 1);
    int row = 1;
    for (int i = 0; i < table.axes().size(); i++) {
      Axis axis = table.axes().get(i);
      if (axis.names().isPresent()) {
        for (String code : codes.get(i)) {
          sheet.value(row, 0, axis.id());
          sheet.value(row, 1, XlsxCells.fitting(code));
          sheet.value(row, 2, XlsxCells.fitting(axis.names().get().french().apply(code)));
          sheet.value(row, 3, XlsxCells.fitting(axis.names().get().english().apply(code)));
          row++;
        }
      }
    }
    sheet.setAutoFilter(0, 0, row - 1, header.size() - 1);
    sheet.finish();
  }

  private static void writeHeader(Worksheet sheet, int column, String text) {
    writeHeader(sheet, column, 0, text);
  }

  private static void writeHeader(Worksheet sheet, int column, int row, String text) {
    sheet.value(row, column, text);
    sheet.style(row, column).bold().verticalAlignment("top").set();
  }
}
