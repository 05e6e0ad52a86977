package fr.opendamir.attack;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Multiplies rates by the population that the service publishes, which gives the numbers of acts
 * exactly, and subtracts them from the same of the margins. A rate of a cell that is hidden, or
 * rates with more to tell than sums, would give small cells away.
 */
final class RateTimesPeople implements Attack {
  private static final String RATE = "acts_per_1000";

  /** A person-year is 24 in the sum of two populations over months, and the rate is of 1,000. */
  private static final BigDecimal SCALE = BigDecimal.valueOf(24_000);

  /** Rates of acts are of one service, and know no age bands. */
  private static final List<List<String>> TABLES =
      List.of(
          List.of("region", "service"),
          List.of("sex", "service"),
          List.of("region", "sex", "service"),
          List.of("region", "service", "provider_specialty"),
          List.of("sex", "service", "provider_specialty"),
          List.of("service", "exemption", "region"));

  @Override
  public String name() {
    return "Rate times population, total minus siblings";
  }

  @Override
  public AttackResult run(AttackClient client, Truth truth) {
    return run(client, truth, true).orBetter(run(client, truth, false));
  }

  private AttackResult run(AttackClient client, Truth truth, boolean notDisclosedIsASibling) {
    Score score = new Score(name(), client);
    Map<String, BigDecimal> people = people(client);
    for (List<String> levels : TABLES) {
      MarginSubtraction holes =
          new MarginSubtraction(
              levels, asked -> acts(client, asked, people), notDisclosedIsASibling);
      for (TrueCell cell : truth.smallCells(levels)) {
        score.cell(
            cell,
            holes
                .estimate(cell.codes())
                .map(value -> OptionalLong.of(value.longValue()))
                .orElse(OptionalLong.empty()));
      }
    }
    return score.result();
  }

  /** The acts of a table by its rates; those without a denominator are asked for as they are. */
  private static PublishedTable acts(
      AttackClient client, List<String> levels, Map<String, BigDecimal> people) {
    if (!levels.contains("service")) {
      return PublishedTable.ask(
          client, levels, "quantity"); // rates of several services are refused
    }
    Answer answer = client.ask(Question.of(levels).measures(RATE, "quantity"));
    List<AnswerRow> rows = new ArrayList<>();
    for (AnswerRow row : answer.rows()) {
      Optional<BigDecimal> acts =
          row.figure(RATE)
              .map(
                  rate ->
                      rate.multiply(people.get(cell(row))).divide(SCALE, 0, RoundingMode.HALF_UP))
              .or(() -> row.status().equals("suppressed") ? Optional.empty() : row.quantity());
      rows.add(
          new AnswerRow(
              row.codes(),
              acts.map(figure -> Map.of("quantity", figure)).orElse(Map.of()),
              row.status()));
    }
    return new PublishedTable(
        new Answer(answer.statusCode(), answer.headers(), answer.body(), rows, answer.total()),
        levels,
        "quantity");
  }

  private static String cell(AnswerRow row) {
    return row.codes().getOrDefault("region", "*") + "/" + row.codes().getOrDefault("sex", "*");
  }

  /** Twice the mean population of 2024, by region and sex and their totals. */
  private static Map<String, BigDecimal> people(AttackClient client) {
    Map<String, BigDecimal> people = new HashMap<>();
    JsonNode table =
        AttackClient.json(
            client
                .get("/v1/references/population?year=2024,2025&labels=id&limit=10000&format=json")
                .body());
    for (JsonNode row : table.path("data")) {
      BigDecimal count = row.path("population").decimalValue();
      for (String region : List.of(row.path("region").asText(), "*")) {
        for (String sex : List.of(row.path("sex").asText(), "*")) {
          people.merge(region + "/" + sex, count, BigDecimal::add);
        }
      }
    }
    return people;
  }
}
