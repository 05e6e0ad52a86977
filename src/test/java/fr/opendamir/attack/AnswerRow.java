package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One cell of an answer.
 *
 * @param codes the code of each level that was grouped by
 * @param figures the measures that are not null
 * @param status {@code ok} or {@code suppressed}
 */
record AnswerRow(Map<String, String> codes, Map<String, BigDecimal> figures, String status) {
  AnswerRow {
    codes = Map.copyOf(codes);
    figures = Map.copyOf(figures);
  }

  List<String> key(List<String> levels) {
    return levels.stream().map(codes::get).toList();
  }

  Optional<BigDecimal> figure(String measure) {
    return Optional.ofNullable(figures.get(measure));
  }

  Optional<BigDecimal> quantity() {
    return figure("quantity");
  }

  Optional<BigDecimal> charged() {
    return figure("charged");
  }

  Optional<BigDecimal> reimbursed() {
    return figure("reimbursed");
  }

  boolean isSuppressed() {
    return status.equals("suppressed");
  }
}
