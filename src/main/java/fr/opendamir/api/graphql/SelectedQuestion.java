package fr.opendamir.api.graphql;

import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureValue;
import fr.opendamir.catalog.StandardPopulation;
import fr.opendamir.question.Argument;
import fr.opendamir.question.Argument.Part;
import fr.opendamir.question.Comparison;
import fr.opendamir.question.Fill;
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
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * From a selection and its arguments to the question: dimensions selected in nodes are the
 * grouping, measures selected are the measures.
 */
final class SelectedQuestion {
  private final QuestionErrors errors = new QuestionErrors();
  private final QuestionBuilder question = new QuestionBuilder(errors);
  private final SelectedFilter filter = new SelectedFilter(question, errors);
  private Selected selected = new Selected(List.of(), List.of(), false);
  private List<SortKey> sort = List.of();
  private List<QuestionBuilder.Condition> having = List.of();
  private Optional<StandardPopulation> standard = Optional.empty();
  private boolean isComparison;
  private Integer size;
  private String start;
  private String releaseId;

  /** The levels and measures in the nodes of an answer, in order: totals and rows follow it. */
  private record Selected(List<Level> levels, List<Measure> measures, boolean isCompared) {
    static Selected of(SelectedField nodes) {
      Set<Level> levels = new LinkedHashSet<>();
      Set<Measure> measures = new LinkedHashSet<>();
      boolean isCompared = false;
      for (SelectedField field : nodes.getSelectionSet().getImmediateFields()) {
        SchemaNames.findLevel(field.getName()).ifPresent(levels::add);
        Optional<MeasureValue> value = SchemaNames.findValue(field.getName());
        value.map(MeasureValue::measure).ifPresent(measures::add);
        isCompared |=
            value.filter(one -> one.kind() != MeasureValue.Kind.ASKED).isPresent()
                || field.getName().equals(SchemaNames.COMPARED_STATUS);
      }
      return new Selected(List.copyOf(levels), List.copyOf(measures), isCompared);
    }
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
  SelectedQuestion filter(Map<String, Map<String, Object>> conditions) {
    filter.read(conditions);
    return this;
  }

  /** Takes the order, which may be null. */
  SelectedQuestion orderBy(List<Map<String, Object>> order) {
    List<SortKey> keys = new ArrayList<>();
    for (Map<String, Object> key : Lists.orEmpty(order)) {
      Optional<Level> level = Optional.ofNullable((Level) key.get("dimension"));
      Optional<MeasureValue> measure =
          Optional.ofNullable((Measure) key.get("measure")).map(asked -> value(asked, key));
      if (level.isPresent() == measure.isPresent()) {
        errors.add(Part.SORT, SelectionMessage.MEASURE_OR_DIMENSION);
      } else {
        keys.add(new SortKey(level, measure, "DESC".equals(key.get("direction"))));
      }
    }
    sort = keys;
    return this;
  }

  /** Takes conditions on figures, which may be null. */
  SelectedQuestion having(List<Map<String, Object>> figures) {
    having =
        Lists.orEmpty(figures).stream()
            .map(
                figure ->
                    new QuestionBuilder.Condition(
                        value((Measure) figure.get("measure"), figure),
                        (Having.Operator) figure.get("is"),
                        (BigDecimal) figure.get("value")))
            .toList();
    return this;
  }

  private static MeasureValue value(Measure measure, Map<String, Object> argument) {
    return new MeasureValue(
        measure,
        Optional.ofNullable((MeasureValue.Kind) argument.get("of"))
            .orElse(MeasureValue.Kind.ASKED));
  }

  /** Takes the earlier period that figures are compared with; null is none. */
  SelectedQuestion compare(Comparison comparison) {
    Optional.ofNullable(comparison).ifPresent(question::compare);
    isComparison = comparison != null && comparison != Comparison.NONE;
    return this;
  }

  /** Takes whether there is a node for every period; null is no. */
  SelectedQuestion fill(Fill fill) {
    Optional.ofNullable(fill).ifPresent(question::fill);
    return this;
  }

  /** Takes which totals there are; null is none. */
  SelectedQuestion totals(Totals totals) {
    Optional.ofNullable(totals).ifPresent(question::totals);
    return this;
  }

  /** Takes the population that standardised measures are weighted by; null is the default one. */
  SelectedQuestion reference(StandardPopulation population) {
    standard = Optional.ofNullable(population);
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
    if (selected.isCompared() && !isComparison) {
      errors.add(Part.COMPARE, SelectionMessage.NOTHING_COMPARED);
    }
    question.groupBy(selected.levels()).measures(selected.measures());
    filter.apply();
    question.having(having).sort(sort).language(language);
    standard.ifPresent(question::standard);
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
