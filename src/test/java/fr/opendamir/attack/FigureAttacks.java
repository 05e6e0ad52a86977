package fr.opendamir.attack;

import java.util.ArrayList;
import java.util.List;

/** The attacks on figures of few persons inside of blocks that are safe as a whole. */
final class FigureAttacks {
  private FigureAttacks() {}

  static List<FigureAttack> on(FullMonth month) {
    return switch (month.name()) {
      case "2024-01" ->
          List.of(AmountOfFew.ofAmounts(), AmountOfFew.ofDifferences(), Equations.ofRates());
      case "2024-02" -> List.of(new OnePersonsBlock(), new PartsAtTheLimit(), new DominatingLine());
      case "2024-06" -> List.of(new RareAmount());
      case "2025-01" -> List.of(Equations.ofTariffs());
      case "2024-04" -> List.of(new LastMerge());
      default -> List.of();
    };
  }

  /** All of them on some months, by questions to a service of {@link FigureMonths}. */
  static List<AttackResult> byQuestions(AttackClient client, List<FullMonth> months) {
    List<String> releases = client.releases();
    String newest = releases.get(0);
    String earlier = releases.get(1);
    List<AttackResult> results = new ArrayList<>();
    for (FullMonth month : months) {
      PublishedFigures figures = new AskedFigures(client, month.name(), newest);
      on(month).forEach(attack -> results.add(attack.run(figures, month)));
    }
    String revised = ChangeOfOneAtom.month(true).name();
    results.add(
        ChangeOfOneAtom.run(
            new AskedFigures(client, revised, earlier), new AskedFigures(client, revised, newest)));
    return results;
  }
}
