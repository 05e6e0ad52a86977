package fr.opendamir.question;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Measure;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The maximum lengths of the lists of a question, for REST and GraphQL. Lists are counted as sent,
 * before any other processing, so these bounds limit the work for a question before it is priced.
 * Duplicate values count once, unless the list is longer than twice the bound.
 */
public enum QuestionBound {
  /** Names of parameters, or members of a body. */
  PARAMETERS(100, "paramètres", "parameters"),
  GROUP_BY(6, "axes à la fois", "dimensions at a time"),
  MEASURES(Measure.values().length, "mesures", "measures"),
  SORT(GROUP_BY.most + MEASURES.most, "clés de tri", "sort keys"),
  HAVING(20, "conditions", "conditions"),
  /** Codes in the filter on one level; more than the longest code list has. */
  CODES(
      2_000,
      "codes d'un niveau ; exclure les autres (!) ou prendre un niveau plus grossier",
      "codes of a level; exclude the others (!) or take a coarser level"),
  CODES_IN_ALL(4_000, "codes dans tous les filtres ensemble", "codes in all filters together"),
  /** Months, quarters and years, or ranges of them, together. */
  PERIODS(
      300,
      "périodes en tout ; écrire des intervalles (2015-01..2024-12)",
      "periods in all; write ranges (2015-01..2024-12)"),
  /** Periods of care in all filters together; each period of a range counts. */
  CARE_PERIODS(
      240,
      "périodes de soins en tout ; prendre un niveau plus grossier, ou filtrer par month",
      "periods of care in all; take a coarser level, or filter by month"),
  /** How often a single-valued parameter may be sent. */
  REPEATS(10, "fois", "times"),
  /** Errors in one response; if there are more, the last one says so. */
  ERRORS(50, "erreurs", "errors"),
  /** Cells before a page: the highest offset of a cursor. */
  OFFSET(100_000_000, "lignes avant une page", "rows before a page");

  private final int most;
  private final Label counted;

  QuestionBound(int most, String french, String english) {
    this.most = most;
    this.counted = new Label(french, english);
  }

  public int most() {
    return most;
  }

  /** Whether the count exceeds the bound. */
  public boolean isExceededBy(long count) {
    return count > most;
  }

  /** The error for a list that is too long. */
  public QuestionError error(Argument argument, long count) {
    return QuestionError.of(argument, QuestionMessage.TOO_MANY_VALUES, count, most, counted);
  }

  /** The bound of the list of an argument. */
  static QuestionBound of(Argument argument) {
    if (argument instanceof Argument.Filter filter) {
      if (filter.level().isCarePeriod()) {
        return CARE_PERIODS;
      }
      return filter.level().dimension() == Dimension.MONTH ? PERIODS : CODES;
    }
    if (argument instanceof Argument.Part part) {
      return switch (part) {
        case GROUP_BY -> GROUP_BY;
        case MEASURES -> MEASURES;
        case SORT -> SORT;
        case HAVING -> HAVING;
        default -> REPEATS;
      };
    }
    return REPEATS;
  }

  /**
   * Requires that lists are within their bounds, each and together. Called before their elements
   * are processed.
   *
   * @param lists as they were sent
   * @throws QuestionException with an error for every list that is too long, and the errors found
   *     before
   */
  public static void require(Map<Argument, ? extends List<?>> lists, QuestionErrors errors) {
    Map<Argument, Integer> counts = new LinkedHashMap<>();
    boolean isWithin = true;
    for (Map.Entry<Argument, ? extends List<?>> list : lists.entrySet()) {
      QuestionBound bound = of(list.getKey());
      int count = bound.count(list.getValue());
      counts.put(list.getKey(), count);
      if (bound.isExceededBy(count)) {
        isWithin = false;
        errors.add(bound.error(list.getKey(), count));
      }
    }
    if (isWithin) {
      requireInAll(counts, CODES, CODES_IN_ALL, errors);
      requireInAll(counts, PERIODS, PERIODS, errors);
      requireInAll(counts, CARE_PERIODS, CARE_PERIODS, errors);
    }
    if (!isWithin) {
      errors.requireNone();
    }
  }

  private int count(List<?> values) {
    boolean isEachCounted = this == REPEATS || values.size() > 2 * most;
    return isEachCounted ? values.size() : new HashSet<>(values).size();
  }

  /** Requires that lists are within their common bound; the error names the longest list. */
  private static void requireInAll(
      Map<Argument, Integer> counts,
      QuestionBound ofEach,
      QuestionBound ofAll,
      QuestionErrors errors) {
    Map<Argument, Integer> lists = new LinkedHashMap<>(counts);
    lists.keySet().removeIf(argument -> of(argument) != ofEach);
    int all = lists.values().stream().mapToInt(Integer::intValue).sum();
    if (ofAll.isExceededBy(all)) {
      Argument longest = Collections.max(lists.entrySet(), Map.Entry.comparingByValue()).getKey();
      errors.add(ofAll.error(longest, all));
      errors.requireNone();
    }
  }
}
