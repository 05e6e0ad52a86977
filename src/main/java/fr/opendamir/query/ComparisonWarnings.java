package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Label;
import fr.opendamir.question.MonthFilter;
import fr.opendamir.question.Text;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The warnings needed to interpret a comparison correctly. */
final class ComparisonWarnings {
  private static final int MOST_PERIODS = 12;

  private ComparisonWarnings() {}

  /** Returns the warnings; none if the answer is no comparison. */
  static List<Text> of(Optional<ComparedMonths> compared) {
    return compared.map(ComparisonWarnings::find).orElse(List.of());
  }

  private static List<Text> find(ComparedMonths compared) {
    List<Text> found = new ArrayList<>();
    if (!compared.missing().isEmpty()) {
      found.add(
          Text.of(
              new Label(
                  "Sans comparaison (not_published), faute de mois publiés : %s. Un total n'est"
                      + " comparé que si toutes ses périodes le sont.",
                  "Not compared (not_published), because months are not published: %s. A total is"
                      + " compared only if all its periods are."),
              shown(
                  compared.missing().entrySet().stream().map(ComparisonWarnings::text).toList())));
    }
    if (!compared.partial().isEmpty()) {
      found.add(
          Text.of(
              new Label(
                  "%s : une partie des mois seulement ; la comparaison porte sur les mêmes mois, %d"
                      + " mois plus tôt.",
                  "%s: some of the months only; they are compared with the same months, %d months"
                      + " earlier."),
              shown(compared.partial()),
              compared.monthsEarlier()));
    }
    return found;
  }

  private static String text(Map.Entry<String, List<YearMonth>> period) {
    String months = MonthFilter.spans(period.getValue());
    return period.getKey().isEmpty() ? months : period.getKey() + " (" + months + ")";
  }

  private static String shown(List<String> periods) {
    return periods.stream().limit(MOST_PERIODS).collect(joining(", "))
        + (periods.size() > MOST_PERIODS ? ", …" : "");
  }
}
