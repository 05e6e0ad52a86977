package fr.opendamir.api.graphql;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.question.Argument;
import fr.opendamir.question.Argument.Filter;
import fr.opendamir.question.MonthFilterBuilder;
import fr.opendamir.question.Period;
import fr.opendamir.question.QuestionBuilder;
import fr.opendamir.question.QuestionErrors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The filter of a question as the schema has it: one condition for each level. */
final class SelectedFilter {
  private final QuestionErrors errors;
  private final QuestionBuilder question;
  private final Map<Level, Condition> conditions = new LinkedHashMap<>();
  private OptionalLong last = OptionalLong.empty();

  /** A condition on a level: a list of values, or a range of periods. */
  private record Condition(boolean excluded, List<String> values, Optional<Period> range) {
    List<Period> periods() {
      return range.map(List::of).orElseGet(() -> values.stream().map(Period::of).toList());
    }
  }

  SelectedFilter(QuestionBuilder question, QuestionErrors errors) {
    this.question = question;
    this.errors = errors;
  }

  /** Reads a filter, which may be null, as may each of its conditions. */
  void read(Map<String, Map<String, Object>> filter) {
    if (filter != null) {
      for (Level level : Level.values()) {
        Map<String, Object> condition = filter.get(SchemaNames.field(level));
        if (condition != null) {
          read(level, condition);
        }
      }
    }
  }

  private void read(Level level, Map<String, Object> condition) {
    String from = (String) condition.get("from");
    String to = (String) condition.get("to");
    List<String> in = strings(condition.get("in"));
    List<String> notIn = strings(condition.get("notIn"));
    if (isBlank(from) && isBlank(to)) {
      listed(level, in, notIn);
    } else if (in != null || notIn != null) {
      errors.add(new Filter(level), SelectionMessage.LIST_OR_RANGE);
    } else {
      boolean isFromValid = isBlank(from) || question.requireOneValue(level, from);
      boolean isToValid = isBlank(to) || question.requireOneValue(level, to);
      if (isFromValid && isToValid) {
        Period range = Period.between(isBlank(from) ? "" : from, isBlank(to) ? "" : to);
        conditions.put(level, new Condition(false, List.of(), Optional.of(range)));
      }
    }
    if (condition.get("last") instanceof Integer months) {
      last = OptionalLong.of(months);
    }
  }

  @SuppressWarnings("unchecked") // of the type [String] in the schema
  private static List<String> strings(Object list) {
    return (List<String>) list;
  }

  /** Whether a text counts as absent, as in REST. In a list, a blank text is an error. */
  static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }

  private void listed(Level level, List<String> in, List<String> notIn) {
    List<String> values = in == null ? notIn : in;
    if (in != null && notIn != null) {
      errors.add(new Filter(level), SelectionMessage.IN_OR_NOT_IN);
    } else if (values != null && values.isEmpty()) {
      errors.add(new Filter(level), SelectionMessage.EMPTY_LIST);
    } else if (values != null) {
      List<String> valid =
          values.stream().filter(value -> question.requireOneValue(level, value)).toList();
      conditions.put(level, new Condition(in == null, valid, Optional.empty()));
    }
  }

  /** The lists of the conditions, to be counted. */
  Map<Argument, List<?>> lists() {
    Map<Argument, List<?>> lists = new LinkedHashMap<>();
    conditions.forEach((level, one) -> lists.put(new Filter(level), one.values()));
    return lists;
  }

  /** Passes the conditions on to the question. */
  void apply() {
    conditions.forEach(
        (level, one) -> {
          if (level.isCarePeriod()) {
            question.carePeriods(level, one.excluded(), one.periods());
          } else if (level.dimension() != Dimension.MONTH) {
            question.codes(level, one.excluded(), one.values());
          }
        });
    question.months(this::addPeriods);
  }

  private void addPeriods(MonthFilterBuilder months) {
    conditions.forEach(
        (level, one) -> {
          if (level.dimension() == Dimension.MONTH) {
            months.periods(level, one.excluded(), one.periods());
          }
        });
    if (last.isPresent()) {
      months.last(last);
    }
  }
}
