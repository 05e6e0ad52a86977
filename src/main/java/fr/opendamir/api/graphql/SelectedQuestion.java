package fr.opendamir.api.graphql;

import fr.opendamir.api.graphql.schema.CodeFilter;
import fr.opendamir.api.graphql.schema.DimensionName;
import fr.opendamir.api.graphql.schema.Direction;
import fr.opendamir.api.graphql.schema.MeasureCondition;
import fr.opendamir.api.graphql.schema.MeasureName;
import fr.opendamir.api.graphql.schema.MonthFilter;
import fr.opendamir.api.graphql.schema.PeriodFilter;
import fr.opendamir.api.graphql.schema.SpendingFilter;
import fr.opendamir.api.graphql.schema.SpendingOrder;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.question.Argument;
import fr.opendamir.question.Argument.Filter;
import fr.opendamir.question.Argument.Part;
import fr.opendamir.question.Having;
import fr.opendamir.question.MonthFilterBuilder;
import fr.opendamir.question.Period;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionBound;
import fr.opendamir.question.QuestionBuilder;
import fr.opendamir.question.QuestionErrors;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.SortKey;
import fr.opendamir.question.Totals;
import graphql.schema.DataFetchingFieldSelectionSet;
import graphql.schema.SelectedField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * From a selection and its arguments to the question: dimensions selected in nodes are the
 * grouping, measures selected are the measures.
 */
final class SelectedQuestion {
  private static final Map<String, Level> LEVELS =
      Arrays.stream(Level.values()).collect(Collectors.toMap(DimensionName::field, level -> level));
  private static final Map<String, Measure> MEASURES =
      Arrays.stream(Measure.values())
          .collect(Collectors.toMap(MeasureName::field, measure -> measure));

  private final QuestionErrors errors = new QuestionErrors();
  private final QuestionBuilder question = new QuestionBuilder(errors);
  private final Map<Level, Condition> conditions = new LinkedHashMap<>();
  private Selected selected = new Selected(List.of(), List.of());
  private OptionalLong last = OptionalLong.empty();
  private List<SortKey> sort = List.of();
  private List<QuestionBuilder.Condition> having = List.of();
  private Integer size;
  private String start;
  private String releaseId;

  /** The levels and measures in the nodes of an answer, in order: totals and rows follow it. */
  private record Selected(List<Level> levels, List<Measure> measures) {
    static Selected of(SelectedField nodes) {
      Set<Level> levels = new LinkedHashSet<>();
      Set<Measure> measures = new LinkedHashSet<>();
      for (SelectedField field : nodes.getSelectionSet().getImmediateFields()) {
        if (LEVELS.containsKey(field.getName())) {
          levels.add(LEVELS.get(field.getName()));
        } else if (MEASURES.containsKey(field.getName())) {
          measures.add(MEASURES.get(field.getName()));
        }
      }
      return new Selected(List.copyOf(levels), List.copyOf(measures));
    }
  }

  /** A condition on a level: a list of values, or a range of periods. */
  private record Condition(boolean excluded, List<String> values, Optional<Period> range) {}

  /** The level that a field of a node stands for; null where it stands for none. */
  static Level level(String field) {
    return LEVELS.get(field);
  }

  /** The measure that a field of a node stands for; null where it stands for none. */
  static Measure measure(String field) {
    return MEASURES.get(field);
  }

  /** Takes the grouping and the measures from the selection of an answer. */
  SelectedQuestion select(DataFetchingFieldSelectionSet answer) {
    List<Selected> selections =
        answer.getFields("nodes").stream().map(Selected::of).distinct().toList();
    if (selections.size() > 1) {
      errors.add(new Argument.Named("nodes"), SelectionMessage.SEVERAL_SELECTIONS);
    }
    if (!selections.isEmpty()) {
      selected = selections.get(0);
    }
    return this;
  }

  /** Takes the conditions of a filter, which may be null. */
  SelectedQuestion filter(SpendingFilter filter) {
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
    return this;
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
    } else if ((isBlank(from) || question.requireOneValue(level, from))
        & (isBlank(to) || question.requireOneValue(level, to))) {
      Period range = Period.between(isBlank(from) ? "" : from, isBlank(to) ? "" : to);
      conditions.put(level, new Condition(false, List.of(), Optional.of(range)));
    }
  }

  /** A blank text is as good as none, as in REST; a list that holds none is an error. */
  private static boolean isBlank(String text) {
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
      conditions.put(level, new Condition(in == null, values, Optional.empty()));
    }
  }

  /** Takes the order, which may be null. */
  SelectedQuestion orderBy(List<SpendingOrder> order) {
    List<SortKey> keys = new ArrayList<>();
    for (SpendingOrder key : Lists.orEmpty(order)) {
      if ((key.measure == null) == (key.dimension == null)) {
        errors.add(Part.SORT, SelectionMessage.MEASURE_OR_DIMENSION);
      } else {
        keys.add(
            new SortKey(
                Optional.ofNullable(key.dimension).map(DimensionName::level),
                Optional.ofNullable(key.measure).map(MeasureName::measure),
                key.direction == Direction.DESC));
      }
    }
    sort = keys;
    return this;
  }

  /** Takes conditions on figures, which may be null. */
  SelectedQuestion having(List<MeasureCondition> figures) {
    having =
        Lists.orEmpty(figures).stream()
            .map(
                figure ->
                    new QuestionBuilder.Condition(
                        figure.measure.measure(),
                        Having.Operator.valueOf(figure.is.name()),
                        figure.value))
            .toList();
    return this;
  }

  /** Takes which totals there are; null is none. */
  SelectedQuestion totals(Totals totals) {
    Optional.ofNullable(totals).ifPresent(question::totals);
    return this;
  }

  /** Takes the page and the release; what is null or blank is absent. */
  SelectedQuestion page(Integer first, String after, String release) {
    size = first;
    start = after;
    releaseId = release;
    return this;
  }

  /**
   * The question.
   *
   * @throws QuestionException with every error found
   */
  Question understand(Language language) {
    Map<Argument, List<?>> lists = new LinkedHashMap<>();
    lists.put(Part.GROUP_BY, selected.levels());
    lists.put(Part.MEASURES, selected.measures());
    lists.put(Part.SORT, sort);
    lists.put(Part.HAVING, having);
    conditions.forEach((level, one) -> lists.put(new Filter(level), one.values()));
    QuestionBound.require(lists, errors);
    question.groupBy(selected.levels()).measures(selected.measures());
    conditions.forEach(
        (level, one) -> {
          if (level.dimension() != Dimension.MONTH) {
            question.codes(level, one.excluded(), one.values());
          }
        });
    question.months(this::addPeriods).having(having).sort(sort).language(language);
    if (size != null) {
      question.limit(OptionalLong.of(size));
    }
    if (!isBlank(releaseId)) {
      question.release(releaseId);
    }
    if (!isBlank(start)) {
      question.cursor(start);
    }
    return question.build();
  }

  private void addPeriods(MonthFilterBuilder months) {
    conditions.forEach(
        (level, one) -> {
          if (level.dimension() == Dimension.MONTH) {
            months.periods(level, one.excluded(), periods(level, one));
          }
        });
    last.ifPresent(number -> months.last(last));
  }

  private List<Period> periods(Level level, Condition condition) {
    return condition
        .range()
        .map(List::of)
        .orElseGet(
            () ->
                condition.values().stream()
                    .filter(value -> question.requireOneValue(level, value))
                    .map(Period::of)
                    .toList());
  }
}
