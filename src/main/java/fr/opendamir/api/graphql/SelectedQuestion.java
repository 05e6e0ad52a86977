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
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionErrors;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.QuestionParser;
import graphql.schema.DataFetchingFieldSelectionSet;
import graphql.schema.SelectedField;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * From what is selected to the question: dimensions selected in nodes are the grouping, measures
 * selected are the measures. Arguments become the parameters that REST has, so that both doors
 * understand and refuse the same.
 */
final class SelectedQuestion {
  private static final int MOST_ZEROS = 20;
  private static final Map<String, Level> LEVELS =
      Arrays.stream(Level.values()).collect(Collectors.toMap(DimensionName::field, level -> level));
  private static final Map<String, Measure> MEASURES =
      Arrays.stream(Measure.values())
          .collect(Collectors.toMap(MeasureName::field, measure -> measure));

  private final Map<String, List<String>> parameters = new LinkedHashMap<>();
  private final QuestionErrors errors = new QuestionErrors();

  /** What is selected in the nodes of an answer, in order: totals and rows follow it. */
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
      errors.add(
          error(
              "nodes",
              "several_selections",
              "nodes est demandé sous plusieurs alias avec des champs différents, qui seraient des"
                  + " questions différentes : demander spending plusieurs fois sous des alias",
              "nodes is asked for under several aliases with different fields, which would be different"
                  + " questions: ask for spending several times under aliases"));
    }
    if (!selections.isEmpty()) {
      put("group_by", selections.get(0).levels().stream().map(Level::id).toList());
      put("measures", selections.get(0).measures().stream().map(Measure::id).toList());
    }
    return this;
  }

  /** Takes the conditions of a filter, which may be null. */
  SelectedQuestion filter(SpendingFilter filter) {
    if (filter != null) {
      if (filter.month != null) {
        months(filter.month);
      }
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

  /** Takes the order, which may be null. */
  SelectedQuestion orderBy(List<SpendingOrder> order) {
    List<String> keys = new ArrayList<>();
    for (SpendingOrder key : Lists.orEmpty(order)) {
      if ((key.measure == null) == (key.dimension == null)) {
        errors.add(
            error(
                "sort",
                "malformed_value",
                "il faut measure ou dimension, l'un des deux",
                "there must be measure or dimension, one of the two"));
      } else {
        String name = key.measure != null ? key.measure.measure().id() : key.dimension.level().id();
        keys.add((key.direction == Direction.DESC ? "-" : "") + name);
      }
    }
    put("sort", keys);
    return this;
  }

  /** Takes conditions on figures, which may be null. */
  SelectedQuestion having(List<MeasureCondition> conditions) {
    put(
        "having",
        Lists.orEmpty(conditions).stream()
            .map(
                condition ->
                    "%s:%s:%s"
                        .formatted(
                            condition.measure.measure().id(),
                            condition.is.name().toLowerCase(Locale.ROOT),
                            number(condition.value)))
            .toList());
    return this;
  }

  /** With all its zeros, but for numbers that are refused anyway: those could be a gigabyte. */
  private static String number(BigDecimal value) {
    boolean isShort = value.scale() >= -MOST_ZEROS && value.scale() <= MOST_ZEROS;
    return isShort ? value.toPlainString() : value.toString();
  }

  /** Takes a value that is the same as in REST, where it is neither null nor blank. */
  SelectedQuestion with(String parameter, Object value) {
    if (value != null && !String.valueOf(value).isBlank()) {
      String text = String.valueOf(value);
      if (text.contains(",")) {
        errors.add(notAValue(parameter, text));
      } else {
        put(parameter, List.of(text));
      }
    }
    return this;
  }

  /**
   * The question.
   *
   * @throws QuestionException with every error found, in terms of the schema
   */
  Question understand(Language language) {
    Question query = null;
    try {
      query = QuestionParser.parse(parameters, language);
    } catch (QuestionException e) {
      errors.addAll(e.errors());
    }
    if (!errors.isEmpty()) {
      throw inTermsOfTheSchema(
          new QuestionException(QuestionException.Reason.MALFORMED, errors.list()));
    }
    return query;
  }

  /** The same errors with the names that arguments have in the schema. */
  static QuestionException inTermsOfTheSchema(QuestionException e) {
    return new QuestionException(
        e.reason(), e.errors().stream().map(SelectedQuestion::inTermsOfTheSchema).toList());
  }

  private static QuestionError inTermsOfTheSchema(QuestionError error) {
    String argument =
        switch (error.parameter()) {
          case "group_by", "measures" -> "nodes";
          case "sort" -> "orderBy";
          case "limit" -> "first";
          case "cursor" -> "after";
          case "from", "to", "last" -> "filter.month." + error.parameter();
          default ->
              Level.find(error.parameter())
                  .map(level -> "filter." + DimensionName.field(level))
                  .orElse(error.parameter());
        };
    Label detail =
        switch (error.code() + " of " + argument) {
          case "malformed_value of after" ->
              new Label(
                  "n'est pas un curseur ; reprendre pageInfo.endCursor de la page précédente",
                  "is no cursor; take pageInfo.endCursor of the page before");
          case "other_question of after" ->
              new Label(
                  "ce curseur est celui d'une autre question ou version ; recommencer sans after",
                  "this cursor is of another question or release; start again without after");
          case "several_services of nodes" ->
              new Label(
                  "un prix moyen n'a de sens que pour une seule prestation : sélectionner service, ou"
                      + " filtrer sur une prestation (service: { in: [\"1110\"] })",
                  "an average price only makes sense for one service: select service, or filter on one"
                      + " (service: { in: [\"1110\"] })");
          case "unknown_value of orderBy", "unknown_value of having" ->
              new Label(
                  "seul ce qui est sélectionné dans nodes peut servir à trier ou à retenir des lignes",
                  "only what is selected in nodes can order nodes or keep them");
          default -> error.detail();
        };
    boolean isOfRest = argument.equals("orderBy") || argument.equals("having");
    return new QuestionError(
        argument, error.code(), detail, isOfRest ? List.of() : error.didYouMean());
  }

  private void months(MonthFilter filter) {
    period(Level.MONTH_OF_PROCESSING, filter.in, filter.notIn, filter.from, filter.to);
    with("last", filter.last);
  }

  private void periods(Level level, PeriodFilter filter) {
    if (filter != null) {
      period(level, filter.in, filter.notIn, filter.from, filter.to);
    }
  }

  private void period(Level level, List<String> in, List<String> notIn, String from, String to) {
    boolean isRange = !isBlank(from) || !isBlank(to);
    if (isRange && (in != null || notIn != null)) {
      errors.add(
          error(
              level.id(),
              "malformed_value",
              "il faut in, notIn, ou from et to, et non plusieurs d'entre eux",
              "there must be in, notIn, or from and to, and not several of them"));
    } else if (isRange) {
      String first = isBlank(from) ? "" : bound(level, from);
      String last = isBlank(to) ? "" : bound(level, to);
      put(level.id(), List.of(first + ".." + last));
    } else {
      listed(level, in, notIn);
    }
  }

  private String bound(Level level, String text) {
    if (text.contains("..")) {
      errors.add(notAValue(level.id(), text));
      return "";
    }
    return requirePlain(level.id(), text);
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
    if (in != null && notIn != null) {
      errors.add(
          error(
              level.id(),
              "malformed_value",
              "il faut in ou notIn, l'un des deux",
              "there must be in or notIn, one of the two"));
    } else if (in != null || notIn != null) {
      List<String> values = in == null ? notIn : in;
      if (values.isEmpty()) {
        errors.add(
            error(
                level.id(),
                "malformed_value",
                "une liste vide ne garde rien ; retirer la condition pour tout garder",
                "an empty list keeps nothing; leave the condition out to keep everything"));
      } else {
        String mark = in == null ? "!" : "";
        put(
            level.id(),
            values.stream().map(value -> mark + requirePlain(level.id(), value)).toList());
      }
    }
  }

  /** Commas, marks and ranges have a meaning in addresses, and none here. */
  private String requirePlain(String parameter, String value) {
    if (value == null
        || value.isBlank()
        || value.contains(",")
        || value.contains("!")
        || value.contains("..")) {
      errors.add(notAValue(parameter, String.valueOf(value)));
      return "";
    }
    return value;
  }

  private static QuestionError notAValue(String parameter, String value) {
    return error(
        parameter,
        "malformed_value",
        "« %s » n'est pas une valeur possible".formatted(QuestionError.shown(value)),
        "\"%s\" is no possible value".formatted(QuestionError.shown(value)));
  }

  private void put(String parameter, List<String> values) {
    if (!values.isEmpty()) {
      parameters.put(parameter, values);
    }
  }

  private static QuestionError error(String parameter, String code, String french, String english) {
    return new QuestionError(parameter, code, new Label(french, english), List.of());
  }
}
