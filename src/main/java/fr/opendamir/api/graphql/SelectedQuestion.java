package fr.opendamir.api.graphql;

import fr.opendamir.api.graphql.schema.DimensionName;
import fr.opendamir.api.graphql.schema.Direction;
import fr.opendamir.api.graphql.schema.MeasureCondition;
import fr.opendamir.api.graphql.schema.MeasureName;
import fr.opendamir.api.graphql.schema.SpendingFilter;
import fr.opendamir.api.graphql.schema.SpendingOrder;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.question.Argument;
import fr.opendamir.question.Argument.Part;
import fr.opendamir.question.Having;
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
  private final SelectedFilter filter = new SelectedFilter(question, errors);
  private Selected selected = new Selected(List.of(), List.of());
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
  SelectedQuestion filter(SpendingFilter conditions) {
    filter.read(conditions);
    return this;
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
    Map<Argument, List<?>> lists = filter.lists();
    lists.put(Part.GROUP_BY, selected.levels());
    lists.put(Part.MEASURES, selected.measures());
    lists.put(Part.SORT, sort);
    lists.put(Part.HAVING, having);
    QuestionBound.require(lists, errors);
    question.groupBy(selected.levels()).measures(selected.measures());
    filter.apply();
    question.having(having).sort(sort).language(language);
    if (size != null) {
      question.limit(OptionalLong.of(size));
    }
    if (!SelectedFilter.isBlank(releaseId)) {
      question.release(releaseId);
    }
    if (!SelectedFilter.isBlank(start)) {
      question.cursor(start);
    }
    return question.build();
  }
}
