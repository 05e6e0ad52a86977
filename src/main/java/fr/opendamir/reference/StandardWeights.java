package fr.opendamir.reference;

import fr.opendamir.catalog.StandardPopulation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The weights of the strata of standard populations, in ten thousandths. */
public final class StandardWeights {
  /** A stratum with its weight; the order is the same in every standard population. */
  public record Stratum(String sex, String ageGroup, int weight) {}

  private static final Map<StandardPopulation, List<Stratum>> STRATA = read();

  private StandardWeights() {}

  public static List<Stratum> of(StandardPopulation population) {
    return STRATA.get(population);
  }

  /** The sum of the weights, which rounding leaves a little beside 10,000. */
  public static long sum(StandardPopulation population) {
    return of(population).stream().mapToLong(Stratum::weight).sum();
  }

  private static Map<StandardPopulation, List<Stratum>> read() {
    Map<StandardPopulation, List<Stratum>> strata = new EnumMap<>(StandardPopulation.class);
    for (Map<String, String> row : ReferenceFiles.read("standard_populations.csv")) {
      strata
          .computeIfAbsent(
              StandardPopulation.find(row.get("id")).orElseThrow(), any -> new ArrayList<>())
          .add(
              new Stratum(
                  row.get("sex"), row.get("age_group"), Integer.parseInt(row.get("weight"))));
    }
    return strata;
  }
}
