package fr.opendamir.attack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A later edition of a month: some lines have one act more, a few one act less.
 *
 * @param first what the first edition says
 * @param second what the later one says
 * @param changes the acts added or taken away, as lines
 */
record RevisedMonth(Truth first, Truth second, Truth changes) {
  private static final long SEED = 53;
  private static final double CHANGED = 0.005;
  private static final int LEAST_CHANGED = 60;
  private static final double TAKEN_AWAY = 0.2;

  /** The later edition of {@link SmallCellsMonth}. */
  static RevisedMonth of(Truth first) {
    Random random = new Random(SEED);
    List<TrueLine> lines = new ArrayList<>(first.lines());
    List<TrueLine> changes = new ArrayList<>();
    int count = Math.max(LEAST_CHANGED, (int) Math.ceil(lines.size() * CHANGED));
    for (int i = 0; i < count; i++) {
      int index = random.nextInt(lines.size());
      TrueLine line = lines.get(index);
      long change = random.nextDouble() < TAKEN_AWAY ? -1 : 1;
      lines.set(index, SmallCellsMonth.line(line.codes(), line.quantity() + change));
      changes.add(SmallCellsMonth.line(line.codes(), change));
    }
    return new RevisedMonth(first, new Truth(lines), new Truth(changes));
  }

  /** How many acts of each cell were added or taken away, both counted as changes. */
  Map<List<String>, Long> grossChanges(List<String> dimensions) {
    Map<List<String>, Long> gross = new HashMap<>();
    changes
        .lines()
        .forEach(line -> gross.merge(line.key(dimensions), Math.abs(line.quantity()), Long::sum));
    return gross;
  }
}
