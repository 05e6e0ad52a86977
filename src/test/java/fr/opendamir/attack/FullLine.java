package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * A line of a file with all its amounts.
 *
 * @param codes the code of each dimension but the month
 * @param person who the line is of; empty where it does not matter
 * @param acts FLT_ACT_QTE
 * @param counted FLT_ACT_NBR: trips, stays or payments
 * @param amounts euros by the public identifier of the measure
 */
record FullLine(
    Map<String, String> codes,
    String person,
    long acts,
    long counted,
    Map<String, BigDecimal> amounts) {
  FullLine {
    codes = Map.copyOf(codes);
    amounts = Map.copyOf(amounts);
  }

  List<String> key(List<String> levels) {
    return levels.stream().map(codes::get).toList();
  }

  BigDecimal amount(String measure) {
    return measure.equals("quantity") ? BigDecimal.valueOf(acts) : amounts.get(measure);
  }

  /** Whether the line can be in a row with these codes, some of which may not be disclosed. */
  boolean mayBeIn(Map<String, String> row) {
    return row.entrySet().stream()
        .allMatch(
            code ->
                PublishedTable.isNotDisclosed(code.getValue())
                    || code.getValue().equals(codes.get(code.getKey())));
  }
}
