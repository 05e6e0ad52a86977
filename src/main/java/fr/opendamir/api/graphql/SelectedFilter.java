package fr.opendamir.api.graphql;

import fr.opendamir.api.graphql.schema.CodeFilter;
import fr.opendamir.api.graphql.schema.MonthFilter;
import fr.opendamir.api.graphql.schema.PeriodFilter;
import fr.opendamir.api.graphql.schema.SpendingFilter;
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
  private record Condition(boolean excluded, List<String> values, Optional<Period> range) {}

  SelectedFilter(QuestionBuilder question, QuestionErrors errors) {
    this.question = question;
    this.errors = errors;
  }

  /** Reads a filter, which may be null. */
  void read(SpendingFilter filter) {
    if (filter != null) {
      months(filter.month);
      periods(Level.QUARTER, filter.quarter);
      periods(Level.YEAR, filter.year);
      codes(Level.CARE_LAG, filter.careLag);
      codes(Level.REGION, filter.region);
      codes(Level.AGE_BAND, filter.ageBand);
      codes(Level.SEX, filter.sex);
      codes(Level.SERVICE_CODE, filter.service);
      codes(Level.SERVICE_GROUP, filter.serviceGroup);
      codes(Level.SERVICE_KIND, filter.serviceKind);
      codes(Level.PROVIDER_SPECIALTY, filter.providerSpecialty);
      codes(Level.PROVIDER_ACTIVITY, filter.providerActivity);
      codes(Level.EXEMPTION_REASON, filter.exemption);
      codes(Level.EXEMPTION_GROUP, filter.exemptionGroup);
      codes(Level.INSURANCE, filter.insurance);
      codes(Level.FACILITY_TYPE, filter.facilityType);
      codes(Level.SUPPLEMENT, filter.supplement);
      codes(Level.COMPLEMENTARY_COVER, filter.complementaryCover);
    }
  }

  private void months(MonthFilter filter) {
    if (filter != null) {
      period(Level.MONTH_OF_PROCESSING, filter.in, filter.notIn, filter.from, filter.to);
      last = filter.last == null ? last : OptionalLong.of(filter.last);
    }
  }

  private void periods(Level level, PeriodFilter filter) {
    if (filter != null) {
      period(level, filter.in, filter.notIn, filter.from, filter.to);
    }
  }

  private void period(Level level, List<String> in, List<String> notIn, String from, String to) {
    boolean isRange = !isBlank(from) || !isBlank(to);
    if (!isRange) {
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
  }

  /** A blank text is as good as none, as in REST; a list that holds none is an error. */
  static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }

  private void codes(Level level, CodeFilter filter) {
    if (filter != null) {
      listed(level, filter.in, filter.notIn);
    }
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
          if (level.dimension() != Dimension.MONTH) {
            question.codes(level, one.excluded(), one.values());
          }
        });
    question.months(this::addPeriods);
  }

  private void addPeriods(MonthFilterBuilder months) {
    conditions.forEach(
        (level, one) -> {
          if (level.dimension() == Dimension.MONTH) {
            months.periods(
                level,
                one.excluded(),
                one.range()
                    .map(List::of)
                    .orElseGet(() -> one.values().stream().map(Period::of).toList()));
          }
        });
    if (last.isPresent()) {
      months.last(last);
    }
  }
}
