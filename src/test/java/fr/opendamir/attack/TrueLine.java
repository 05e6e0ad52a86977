package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * A line of the file under its public codes.
 *
 * @param codes the code of each dimension that the fixture varies
 */
record TrueLine(
    Map<String, String> codes, long quantity, BigDecimal charged, BigDecimal reimbursed) {
  TrueLine {
    codes = Map.copyOf(codes);
  }

  List<String> key(List<String> dimensions) {
    return dimensions.stream().map(codes::get).toList();
  }
}
