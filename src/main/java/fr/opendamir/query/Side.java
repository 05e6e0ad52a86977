package fr.opendamir.query;

import java.util.List;

/** One of the two periods of a comparison. A question without a comparison has the first only. */
enum Side {
  ASKED(""),
  COMPARED("then_");

  private static final List<Side> ONE = List.of(ASKED);
  private static final List<Side> BOTH = List.of(values());

  private final String prefix;

  Side(String prefix) {
    this.prefix = prefix;
  }

  /** The periods whose figures a plan reads. */
  static List<Side> of(QuestionPlan plan) {
    return plan.compared().isPresent() ? BOTH : ONE;
  }

  /** The name that a column or table has for this period. */
  String of(String name) {
    return prefix + name;
  }
}
