package fr.opendamir.ingest.aggregate;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Reads a raw file line by line: the slow and obvious counterpart of the fast reader. */
final class SourceLines {
  static final List<String> DIMENSIONS =
      List.of(
          "care_lag",
          "region",
          "age_band",
          "sex",
          "service",
          "provider_specialty",
          "provider_activity",
          "exemption",
          "insurance",
          "facility_type",
          "supplement",
          "complementary_cover");
  static final List<String> MEASURES =
      List.of(
          "quantity",
          "charged",
          "reimbursed",
          "excess_fees",
          "reimbursement_base",
          "reimbursed_all");

  /** The columns of the dimensions after the care lag, which is computed. */
  private static final List<String> CODE_COLUMNS =
      List.of(
          "BEN_RES_REG",
          "AGE_BEN_SNDS",
          "BEN_SEX_COD",
          "PRS_NAT",
          "PSE_SPE_SNDS",
          "PSE_ACT_SNDS",
          "EXO_MTF",
          "ASU_NAT",
          "ETE_TYP_SNDS",
          "CPL_COD",
          "BEN_CMU_TOP");

  private static final List<String> AMOUNT_COLUMNS =
      List.of("FLT_PAI_MNT", "FLT_REM_MNT", "FLT_DEP_MNT", "PRS_REM_BSE", "PRS_REM_MNT");

  private SourceLines() {}

  /** The number of atoms that the lines of a file make. */
  static long atoms(List<SourceLine> lines) {
    return lines.stream().map(SourceLine::codes).distinct().count();
  }

  static List<SourceLine> read(Path file) throws IOException {
    List<String> text = text(file).lines().toList();
    List<String> header = split(text.get(0).replace("\uFEFF", ""));
    List<SourceLine> lines = new ArrayList<>();
    for (int i = 1; i < text.size(); i++) {
      if (!text.get(i).isEmpty()) {
        lines.add(line(i + 1, fields(header, split(text.get(i)))));
      }
    }
    return lines;
  }

  /** The month of processing. */
  static YearMonth month(Path file) throws IOException {
    List<String> text = text(file).lines().toList();
    List<String> header = split(text.get(0).replace("\uFEFF", ""));
    String month = split(text.get(1)).get(header.indexOf("FLX_ANN_MOI"));
    return YearMonth.parse(month, DateTimeFormatter.ofPattern("uuuuMM"));
  }

  private static String text(Path file) throws IOException {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
      raw.mark(2);
      boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      InputStream plain = gzip ? new GZIPInputStream(raw) : raw;
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> split(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == ';') {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }

  /** What a short line lacks is empty. */
  private static Map<String, String> fields(List<String> header, List<String> values) {
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      fields.put(header.get(i), i < values.size() ? values.get(i) : "");
    }
    return fields;
  }

  private static SourceLine line(int number, Map<String, String> fields) {
    List<String> codes = new ArrayList<>();
    codes.add(careLag(fields.get("FLX_ANN_MOI"), fields.get("SOI_ANN"), fields.get("SOI_MOI")));
    for (String column : CODE_COLUMNS) {
      String zone = column.equals("BEN_RES_REG") ? fields.get("BEN_RES_ZEAT") : null;
      String code = zone == null || zone.isEmpty() ? fields.getOrDefault(column, "") : "Z" + zone;
      codes.add(code.isEmpty() ? "NR" : code);
    }
    List<Long> sums = new ArrayList<>();
    sums.add(decimal(fields.get("FLT_ACT_QTE")).longValueExact());
    for (String column : AMOUNT_COLUMNS) {
      sums.add(decimal(fields.get(column)).movePointRight(2).longValueExact());
    }
    long count = decimal(fields.getOrDefault("FLT_ACT_NBR", "")).longValueExact();
    return SourceLine.of(number, codes, sums, count == 0 ? sums.get(0) : count);
  }

  private static BigDecimal decimal(String text) {
    return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
  }

  private static String careLag(String processing, String careYear, String careMonth) {
    if (!careYear.matches("[0-9]{4}") || !careMonth.matches("0[1-9]|1[0-2]")) {
      return "unknown";
    }
    int year = Integer.parseInt(careYear);
    int lag =
        12 * (Integer.parseInt(processing.substring(0, 4)) - year)
            + Integer.parseInt(processing.substring(4))
            - Integer.parseInt(careMonth);
    if (year < 1000 || lag < 0) {
      return "unknown"; // a placeholder date, or care after its own reimbursement
    }
    return lag < 6 ? String.valueOf(lag) : lag < 12 ? "6_11" : "12_plus";
  }
}
