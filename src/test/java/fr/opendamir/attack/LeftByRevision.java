package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Adds the published change to the earlier figure.
 *
 * <p>Twelve acts are safe, and so is a change of eleven: what a revision took away is published
 * like what it left. Where it took eleven of the twelve, their sum is the one act that is left,
 * which the later release hides when it is asked for. The charged amount follows the same way.
 */
final class LeftByRevision implements Attack {
  private static final List<List<String>> TABLES =
      List.of(
          List.of("region", "age_band", "service"),
          List.of("region", "age_band", "sex", "service"),
          List.of("region", "age_band", "sex", "service", "exemption"),
          List.of("region", "age_band", "sex", "service", "provider_specialty", "exemption"));

  @Override
  public String name() {
    return "Earlier figure plus published change";
  }

  @Override
  public AttackResult run(AttackClient client, Truth truth) {
    List<String> releases = client.releases();
    Score score = new Score(name(), client).claimingCertainty();
    for (List<String> levels : TABLES) {
      List<Question> parts = parts(client, levels);
      for (Question part : parts) {
        attack(client, truth, releases, part, score);
      }
    }
    return score.result();
  }

  /** A table of four dimensions and more has too many rows for one answer. */
  private static List<Question> parts(AttackClient client, List<String> levels) {
    List<Question> parts = new ArrayList<>();
    for (AnswerRow region : client.ask(Question.of(List.of("region"))).rows()) {
      parts.add(Question.of(levels).where("region", region.codes().get("region")));
    }
    return parts;
  }

  private static void attack(
      AttackClient client, Truth truth, List<String> releases, Question part, Score score) {
    List<String> levels = part.groupBy();
    Map<List<String>, BigDecimal> earlier =
        table(client.ask(part.with("release", releases.get(1))), levels);
    Map<List<String>, BigDecimal> change =
        table(client.askDifference(releases.get(1), releases.get(0), part), levels);
    for (TrueCell cell : truth.smallCells(levels)) {
      if (part.filters().contains("region=" + cell.code("region"))) {
        BigDecimal before = earlier.get(cell.codes());
        BigDecimal changed = change.get(cell.codes());
        score.cell(
            cell,
            before == null || changed == null
                ? OptionalLong.empty()
                : OptionalLong.of(before.add(changed).longValue()));
      }
    }
  }

  private static Map<List<String>, BigDecimal> table(Answer answer, List<String> levels) {
    return new PublishedTable(answer, levels, "quantity").shown();
  }
}
