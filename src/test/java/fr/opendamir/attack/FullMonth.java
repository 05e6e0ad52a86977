package fr.opendamir.attack;

import fr.opendamir.testing.RawMonth;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A month of which all amounts are known: what a file says, and the truth to score against. */
final class FullMonth {
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

  private static final Map<String, String> ORDINARY =
      Map.ofEntries(
          Map.entry("care_lag", "0"),
          Map.entry("region", "11"),
          Map.entry("age_band", "60"),
          Map.entry("sex", "2"),
          Map.entry("service", "1110"),
          Map.entry("provider_specialty", "1"),
          Map.entry("provider_activity", "0"),
          Map.entry("exemption", "0"),
          Map.entry("insurance", "10"),
          Map.entry("facility_type", "99"),
          Map.entry("supplement", "0"),
          Map.entry("complementary_cover", "0"));

  private static final Map<String, String> COLUMNS =
      Map.ofEntries(
          Map.entry("region", "BEN_RES_REG"),
          Map.entry("age_band", "AGE_BEN_SNDS"),
          Map.entry("sex", "BEN_SEX_COD"),
          Map.entry("service", "PRS_NAT"),
          Map.entry("provider_specialty", "PSE_SPE_SNDS"),
          Map.entry("provider_activity", "PSE_ACT_SNDS"),
          Map.entry("exemption", "EXO_MTF"),
          Map.entry("insurance", "ASU_NAT"),
          Map.entry("facility_type", "ETE_TYP_SNDS"),
          Map.entry("supplement", "CPL_COD"),
          Map.entry("complementary_cover", "BEN_CMU_TOP"));

  private static final BigDecimal NOT_EXEMPT = new BigDecimal("0.70");

  private final YearMonth month;
  private final List<FullLine> lines = new ArrayList<>();

  FullMonth(String month) {
    this.month = YearMonth.parse(month);
  }

  /** As questions write it. */
  String name() {
    return month.toString();
  }

  List<FullLine> lines() {
    return lines;
  }

  /** All lines by their codes. */
  Map<List<String>, List<FullLine>> cells(List<String> levels) {
    Map<List<String>, List<FullLine>> cells = new LinkedHashMap<>();
    lines.forEach(
        line -> cells.computeIfAbsent(line.key(levels), k -> new ArrayList<>()).add(line));
    return cells;
  }

  /** The codes of an ordinary line with some others: name, code, name, code, … */
  static Map<String, String> codes(String... others) {
    Map<String, String> codes = new TreeMap<>(ORDINARY);
    for (int i = 0; i < others.length; i += 2) {
      codes.put(others[i], others[i + 1]);
    }
    return codes;
  }

  /** Adds acts at a price, reimbursed by the rate of their exemption. */
  FullMonth add(long acts, String each, Map<String, String> codes) {
    return add(acts, new BigDecimal(each).multiply(BigDecimal.valueOf(acts)), codes);
  }

  /** Adds so many lines of one act. */
  FullMonth single(int lines, String each, Map<String, String> codes) {
    for (int i = 0; i < lines; i++) {
      add(1, each, codes);
    }
    return this;
  }

  FullMonth add(long acts, BigDecimal charged, Map<String, String> codes) {
    return add("", acts, acts, amounts(charged, codes), codes);
  }

  /** Adds a line of one person. */
  FullMonth ofPerson(
      String person, long acts, long counted, String charged, Map<String, String> codes) {
    return add(person, acts, counted, amounts(new BigDecimal(charged), codes), codes);
  }

  FullMonth add(
      String person,
      long acts,
      long counted,
      Map<String, BigDecimal> amounts,
      Map<String, String> codes) {
    lines.add(new FullLine(codes, person, acts, counted, amounts));
    return this;
  }

  /** A charge that is its own base, without excess fees or supplementary shares. */
  static Map<String, BigDecimal> amounts(BigDecimal charged, Map<String, String> codes) {
    BigDecimal reimbursed =
        codes.get("exemption").equals("0")
            ? charged.multiply(NOT_EXEMPT).setScale(2, RoundingMode.HALF_UP)
            : charged;
    Map<String, BigDecimal> amounts = new TreeMap<>();
    amounts.put("charged", charged);
    amounts.put("reimbursed", reimbursed);
    amounts.put("excess_fees", BigDecimal.ZERO);
    amounts.put("reimbursement_base", charged);
    amounts.put("reimbursed_all", reimbursed);
    return amounts;
  }

  Path writeTo(Path folder, String name) {
    RawMonth file = new RawMonth(month.toString().replace("-", ""));
    for (FullLine line : lines) {
      List<String> columns = new ArrayList<>();
      COLUMNS.forEach((dimension, column) -> set(columns, column, line.codes().get(dimension)));
      YearMonth care = month.minusMonths(Long.parseLong(line.codes().get("care_lag")));
      set(columns, "SOI_ANN", String.valueOf(care.getYear()));
      set(columns, "SOI_MOI", String.valueOf(care.getMonthValue()));
      set(columns, "FLT_ACT_NBR", String.valueOf(line.counted()));
      set(columns, "FLT_DEP_MNT", line.amount("excess_fees").toPlainString());
      set(columns, "PRS_REM_BSE", line.amount("reimbursement_base").toPlainString());
      set(columns, "PRS_REM_MNT", line.amount("reimbursed_all").toPlainString());
      file.line(
          line.acts(),
          line.amount("charged").toPlainString(),
          line.amount("reimbursed").toPlainString(),
          columns.toArray(String[]::new));
    }
    return file.writeTo(folder, name);
  }

  private static void set(List<String> columns, String column, String value) {
    columns.add(column);
    columns.add(value);
  }
}
