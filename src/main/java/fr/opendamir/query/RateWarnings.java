package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.question.CodeFilter;
import fr.opendamir.question.Question;
import fr.opendamir.question.Text;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The warnings needed to interpret rates correctly. */
final class RateWarnings {
  private static final int MONTHS_OF_A_YEAR = 12;

  private final Question question;
  private final List<Text> found = new ArrayList<>();

  private RateWarnings(Question question) {
    this.question = question;
  }

  /** Returns the warnings; none if the question has no rates. */
  static List<Text> of(Question question, List<YearMonth> months, List<Integer> provisionalYears) {
    if (question.measures().stream().noneMatch(Measure::isRate)) {
      return List.of();
    }
    return new RateWarnings(question).find(months, provisionalYears);
  }

  private List<Text> find(List<YearMonth> months, List<Integer> provisionalYears) {
    add(
        "Les mesures par habitant ne portent que sur les soins et les participations, rapportés à la"
            + " population entière ; les actes sont ceux d'une prestation.",
        "Measures per inhabitant cover care and participations only, divided by the whole"
            + " population; acts are of one service.");
    addNumeratorOnly();
    if (question.groupBy().stream().anyMatch(SelectedPeople::isOfPeople)) {
      add(
          "Les codes inconnus ou non diffusés n'ont pas de dénominateur : la mesure y est absente"
              + " (no_denominator), alors que le total les garde et se rapporte à toute la"
              + " population ; les lignes ne se recomposent donc pas en total. coverage dit quelle"
              + " part du numérateur a un dénominateur.",
          "Codes that are unknown or not disclosed have no denominator: the measure is null there"
              + " (no_denominator), while the total includes them and is divided by the whole"
              + " population, so that rows never add up to the total. coverage is the share of the"
              + " numerator that has a denominator.");
    }
    boolean isOfParts =
        question.groupBy().contains(Level.MONTH_OF_PROCESSING)
            || question.groupBy().contains(Level.QUARTER)
            || months.size() < MONTHS_OF_A_YEAR;
    if (isOfParts) {
      add(
          "Les mesures par habitant sont annuelles : une période plus courte qu'une année est ramenée"
              + " à l'année.",
          "Measures per inhabitant are per year: a period shorter than a year is annualised.");
    }
    if (!provisionalYears.isEmpty()) {
      add(
          "La population de %s est provisoire : elle est celle du 1er janvier seul.",
          "The population of %s is provisional: it is that of 1 January alone.",
          provisionalYears.stream().map(String::valueOf).collect(joining(", ")));
    }
    return found;
  }

  /** Dimensions that the population does not have cut the numerator only. */
  private void addNumeratorOnly() {
    Set<Level> others = new TreeSet<>();
    Stream.concat(question.groupBy().stream(), question.filters().stream().map(CodeFilter::level))
        .filter(
            level ->
                !SelectedPeople.DIMENSIONS.contains(level.dimension())
                    && !Denominators.PERIODS.contains(level))
        .forEach(others::add);
    if (!others.isEmpty()) {
      add(
          "%s ne divise que le numérateur : les mesures sont par habitant de la population entière.",
          "%s divides the numerator only: measures are per inhabitant of the whole population.",
          others.stream().map(Level::id).collect(joining(", ")));
    }
  }

  private void add(String french, String english, Object... values) {
    found.add(Text.of(new Label(french, english), values));
  }
}
