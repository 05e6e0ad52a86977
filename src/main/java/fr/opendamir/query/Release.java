package fr.opendamir.query;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;

/**
 * What is served at one time.
 *
 * @param months oldest first
 */
public record Release(String id, Instant publishedAt, List<ReleaseMonth> months) {
  public Release {
    months = months.stream().sorted(Comparator.comparing(ReleaseMonth::month)).toList();
  }

  /** Whether its figures are made up. */
  public boolean isSynthetic() {
    return months.stream().anyMatch(ReleaseMonth::synthetic);
  }

  /** The policy its blocks were made by. */
  public String policyId() {
    return months.stream()
        .map(ReleaseMonth::policyId)
        .distinct()
        .sorted()
        .reduce((a, b) -> a + "," + b)
        .orElse("");
  }

  public List<YearMonth> monthList() {
    return months.stream().map(ReleaseMonth::month).toList();
  }
}
