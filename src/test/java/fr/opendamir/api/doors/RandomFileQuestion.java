package fr.opendamir.api.doors;

import fr.opendamir.testing.Draws;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Draws questions about {@link RolledUpMonths} of all kinds, as parameters of an address. */
final class RandomFileQuestion {
  private static final List<String> MONTHS = List.of("2023-11", "2023-12", "2024-01", "2024-02");
  private static final List<String> PEOPLE = List.of("region", "sex", "age_group");
  private static final List<String> OTHERS =
      List.of("service_group", "service", "provider_specialty", "insurance", "exemption_group");
  private static final List<String> PERIODS = List.of("month", "quarter", "year");
  private static final List<String> FILLS = List.of("", "&fill=zero", "&fill=null");
  private static final List<String> TOTALS = List.of("none", "grand", "rollup");
  private static final List<String> MEASURES =
      List.of("quantity", "reimbursed", "out_of_pocket", "reimbursement_rate", "excess_rate");
  private static final List<String> RATES =
      List.of(
          "reimbursed_per_inhabitant",
          "charged_per_inhabitant",
          "excess_fees_per_inhabitant",
          "out_of_pocket_per_inhabitant");

  private final Random random;
  private final BlockTable table;

  RandomFileQuestion(Random random, BlockTable table) {
    this.random = random;
    this.table = table;
  }

  String draw() {
    return switch (random.nextInt(3)) {
      case 0 -> RandomQuestion.draw(random, table).parameters();
      case 1 -> rates();
      default -> comparison();
    };
  }

  private String rates() {
    List<String> groupBy = new ArrayList<>(Draws.some(PERIODS, random.nextInt(3), random));
    groupBy.addAll(Draws.some(PEOPLE, random.nextInt(3), random));
    groupBy.addAll(Draws.some(OTHERS, random.nextInt(3), random));
    Collections.shuffle(groupBy, random);
    return parameters(groupBy, Draws.some(MONTHS, 1 + random.nextInt(MONTHS.size()), random));
  }

  /** The months before those of 2023-11 are not published. */
  private String comparison() {
    String period = List.of("month", "quarter", "").get(random.nextInt(3));
    List<String> levels = Stream.concat(PEOPLE.stream(), OTHERS.stream()).toList();
    List<String> groupBy = new ArrayList<>(Draws.some(levels, random.nextInt(3), random));
    if (!period.isEmpty()) {
      groupBy.add(period);
    }
    List<String> months =
        switch (period) {
          case "month" -> Draws.some(MONTHS, 1 + random.nextInt(MONTHS.size()), random);
          case "quarter" -> List.of("2023-12", "2024-02");
          default -> List.of("2024-01..2024-02");
        };
    return parameters(groupBy, months) + "&compare=previous_period";
  }

  private String parameters(List<String> groupBy, List<String> months) {
    List<String> measures = new ArrayList<>(Draws.some(MEASURES, 1 + random.nextInt(2), random));
    measures.addAll(Draws.some(RATES, random.nextInt(3), random));
    Collections.shuffle(measures, random);
    return "group_by=%s&measures=%s&month=%s&totals=%s%s%s"
        .formatted(
            String.join(",", groupBy),
            String.join(",", measures),
            String.join(",", months),
            TOTALS.get(random.nextInt(TOTALS.size())),
            groupBy.contains("sex") || random.nextBoolean() ? "" : fewActs(),
            groupBy.stream().filter(PERIODS::contains).count() == 1
                ? FILLS.get(random.nextInt(FILLS.size()))
                : "");
  }

  private String fewActs() {
    List<String> releases = table.releases();
    return table.fewActs(releases.get(releases.size() - 1), random).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(filter -> "&" + filter.getKey().id() + "=" + String.join(",", filter.getValue()))
        .collect(Collectors.joining());
  }
}
