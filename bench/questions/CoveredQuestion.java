import java.util.List;

/**
 * A question that a rollup is expected to cover, and the statements that the service ran for it.
 */
record CoveredQuestion(String shape, String path, List<Statement> statements) {
  /**
   * Groupings of few rows each. Which of them a rollup covers with at most 10,000 rows is the
   * service's to say; what it says is in the report.
   */
  static final List<String> SHAPES =
      List.of(
          "region",
          "month",
          "age_band,sex",
          "region,sex",
          "month,region",
          "service_group",
          "month,service_kind",
          "exemption_group");

  /** A statement as the server logged it: {@code $1} in the text, values as texts, null as null. */
  record Statement(String sql, List<String> parameters) {}

  /**
   * The address of a question. Numbers make different questions of the same work: every amount is
   * above such a bound.
   */
  static String path(String shape, int number) {
    return "/v1/aggregates?group_by="
        + shape
        + "&measures=reimbursed,charged&having=reimbursed:ge:-"
        + (100_000_000_000L + number);
  }
}
