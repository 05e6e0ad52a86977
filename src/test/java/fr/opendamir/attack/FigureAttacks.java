package fr.opendamir.attack;

import fr.opendamir.testing.SideBySide;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
  static List<AttackResult> byQuestions(URI base, List<FullMonth> months) {
    List<String> releases = new AttackClient(base).releases();
    String newest = releases.get(0);
    String earlier = releases.get(1);
    Stream<Supplier<List<AttackResult>>> onMonths =
        months.stream().map(month -> () -> attack(new AttackClient(base), month, newest));
    Supplier<List<AttackResult>> onChange =
        () -> List.of(attackChange(new AttackClient(base), earlier, newest));
    return SideBySide.results(Stream.concat(onMonths, Stream.of(onChange)).toList(), Supplier::get)
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static List<AttackResult> attack(AttackClient client, FullMonth month, String release) {
    PublishedFigures figures = new AskedFigures(client, month.name(), release);
    return on(month).stream().map(attack -> attack.run(figures, month)).toList();
  }

  private static AttackResult attackChange(AttackClient client, String earlier, String newest) {
    String month = ChangeOfOneAtom.month(true).name();
    return ChangeOfOneAtom.run(
        new AskedFigures(client, month, earlier), new AskedFigures(client, month, newest));
  }
}
