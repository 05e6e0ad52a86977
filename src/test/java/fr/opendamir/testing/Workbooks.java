package fr.opendamir.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Reads workbooks back with POI, which shares no code with their writer. */
public final class Workbooks {
  private Workbooks() {}

  public static XSSFWorkbook open(byte[] bytes) {
    try {
      return new XSSFWorkbook(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The rows of the sheet of data, by the name of the column: texts as they are, numbers with the
   * digits that a spreadsheet shows, dates as {@code 2024-01-31}, empty cells as empty texts.
   */
  public static List<Map<String, String>> rows(byte[] bytes) {
    try (XSSFWorkbook workbook = open(bytes)) {
      Sheet sheet = workbook.getSheetAt(1);
      Row header = sheet.getRow(0);
      List<Map<String, String>> rows = new ArrayList<>();
      for (int i = 1; i <= sheet.getLastRowNum(); i++) {
        Map<String, String> row = new LinkedHashMap<>();
        for (Cell name : header) {
          row.put(name.getStringCellValue(), text(sheet.getRow(i).getCell(name.getColumnIndex())));
        }
        rows.add(row);
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All sheets in their order: name and lines of cells, written as in {@link #rows}. */
  public static Map<String, List<List<String>>> sheets(byte[] bytes) {
    try (XSSFWorkbook workbook = open(bytes)) {
      Map<String, List<List<String>>> sheets = new LinkedHashMap<>();
      for (Sheet sheet : workbook) {
        int width = sheet.getRow(0).getLastCellNum();
        List<List<String>> lines = new ArrayList<>();
        for (Row row : sheet) {
          lines.add(
              IntStream.range(0, width).mapToObj(column -> text(row.getCell(column))).toList());
        }
        sheets.put(sheet.getSheetName(), lines);
      }
      return sheets;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The code of a period whose cell is a date, at a level that the name of the column says. */
  public static String period(String level, String cell) {
    if (!cell.matches("\\d{4}-\\d{2}-\\d{2}")) {
      return cell;
    }
    return switch (level) {
      case "year" -> cell.substring(0, 4);
      case "quarter" ->
          cell.substring(0, 4) + "-Q" + (LocalDate.parse(cell).getMonthValue() + 2) / 3;
      default -> cell.substring(0, 7);
    };
  }

  private static String text(Cell cell) {
    if (cell == null) {
      return "";
    }
    if (cell.getCellType() == CellType.NUMERIC) {
      return DateUtil.isCellDateFormatted(cell)
          ? cell.getLocalDateTimeCellValue().toLocalDate().toString()
          : BigDecimal.valueOf(cell.getNumericCellValue()).toPlainString();
    }
    return cell.getStringCellValue(); // a formula would fail here
  }
}
