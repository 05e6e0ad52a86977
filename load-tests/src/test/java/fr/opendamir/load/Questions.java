package fr.opendamir.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What is asked: different questions drawn from a seed and from the codes that occur in the data,
 * and how popular each is: by Zipf's law, the simplest first. Most have one or two levels, as
 * people ask them who explore.
 */
final class Questions {
  /** Levels to group by; one that is named more often is asked for more often. */
  private static final List<String> LEVELS =
      List.of(
          "region",
          "region",
          "region",
          "month",
          "month",
          "month",
          "age_band",
          "age_band",
          "sex",
          "service_group",
          "service_group",
          "service_kind",
          "quarter",
          "provider_specialty",
          "exemption_group");

  private static final List<String> MEASURES =
      List.of(
          "reimbursed",
          "reimbursed",
          "charged",
          "charged",
          "quantity",
          "excess_fees",
          "out_of_pocket",
          "reimbursement_rate");

  /** Levels to filter on. */
  private static final List<String> FILTERED =
      List.of("region", "region", "region", "sex", "age_band", "service_group");

  private final List<Question> questions;
  private final double[] upTo;

  private Questions(List<Question> questions, double exponent) {
    this.questions = questions;
    this.upTo = new double[questions.size()];
    double sum = 0;
    for (int rank = 0; rank < upTo.length; rank++) {
      sum += 1 / Math.pow(rank + 1.0, exponent);
      upTo[rank] = sum;
    }
  }

  /**
   * Draws them.
   *
   * @param exponent of Zipf's law: the question of rank r is asked as often as 1 / r^exponent
   */
  static Questions drawn(Service service, int count, double exponent, long seed) {
    Map<String, List<String>> codes = new HashMap<>();
    for (String level : Set.copyOf(FILTERED)) {
      codes.put(level, occurring(service, level));
    }
    Random random = new Random(seed);
    Set<Question> drawn = new LinkedHashSet<>();
    while (drawn.size() < count) {
      drawn.add(draw(random, codes));
    }
    List<Question> simplestFirst = new ArrayList<>(drawn);
    simplestFirst.sort(Comparator.comparingInt(Question::complexity)); // stable: the draw decides
    return new Questions(List.copyOf(simplestFirst), exponent);
  }

  private static List<String> occurring(Service service, String level) {
    String csv =
        service.get("/v1/aggregates?group_by=" + level + "&labels=id&limit=10000&format=csv");
    return Arrays.stream(csv.split("\r?\n"))
        .skip(1)
        .map(line -> line.split(",", 2)[0])
        .filter(code -> !code.equals("ND"))
        .toList();
  }

  private static Question draw(Random random, Map<String, List<String>> codes) {
    int levels = new int[] {1, 1, 1, 1, 1, 2, 2, 2, 2, 3}[random.nextInt(10)];
    Map<String, List<String>> filters = new HashMap<>();
    for (String level : some(FILTERED, new int[] {0, 0, 1, 1, 2}[random.nextInt(5)], random)) {
      filters.put(level, some(codes.get(level), 1 + random.nextInt(2), random));
    }
    return new Question(
        some(LEVELS, levels, random),
        some(MEASURES, 1 + random.nextInt(2), random),
        filters,
        new int[] {0, 0, 0, 6, 3}[random.nextInt(5)],
        random.nextInt(4) == 0);
  }

  /** Different ones of a list in which some are named more often. */
  private static List<String> some(List<String> all, int count, Random random) {
    List<String> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return shuffled.stream().distinct().limit(count).toList();
  }

  int size() {
    return questions.size();
  }

  Question get(int rank) {
    return questions.get(rank);
  }

  /** The rank of a question, by popularity. */
  int draw(SplittableRandom random) {
    int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
    return found < 0 ? -found - 1 : found;
  }
}
