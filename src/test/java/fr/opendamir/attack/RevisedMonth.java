package fr.opendamir.attack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A later edition of a month: some lines have one act more, a few one act less, some groups have
 * gained many acts, and some have lost so many that fewer than eleven are left.
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
  private static final int GAINING_GROUPS = 60;
  private static final int LOSING_GROUPS = 60;
  private static final int LEAST_CHANGE = 11;
  private static final int MOST_LEFT = 10;

  /** The later edition of {@link SmallCellsMonth}. */
  static RevisedMonth of(Truth first) {
    Edits edits = new Edits(first);
    edits.singleActs();
    edits.manyActs();
    return new RevisedMonth(first, new Truth(edits.lines), new Truth(edits.changes));
  }

  /** How many acts of each cell were added or taken away, both counted as changes. */
  Map<List<String>, Long> grossChanges(List<String> dimensions) {
    Map<List<String>, Long> gross = new HashMap<>();
    changes
        .lines()
        .forEach(line -> gross.merge(line.key(dimensions), Math.abs(line.quantity()), Long::sum));
    return gross;
  }

  /** What somebody at the producer's does to a file. */
  private static final class Edits {
    private final Random random = new Random(SEED);
    private final List<TrueLine> lines;
    private final List<TrueLine> changes = new ArrayList<>();

    Edits(Truth first) {
      this.lines = new ArrayList<>(first.lines());
    }

    void singleActs() {
      int count = Math.max(LEAST_CHANGED, (int) Math.ceil(lines.size() * CHANGED));
      for (int i = 0; i < count; i++) {
        change(random.nextInt(lines.size()), random.nextDouble() < TAKEN_AWAY ? -1 : 1);
      }
    }

    /** Lines of more than eleven acts: a change of as many is published by itself. */
    void manyActs() {
      for (int i = 0; i < GAINING_GROUPS; i++) {
        change(large(), LEAST_CHANGE + random.nextInt(20));
      }
      for (int i = 0; i < LOSING_GROUPS; i++) {
        int index = large();
        long left = 1L + random.nextInt(MOST_LEFT);
        if (lines.get(index).quantity() - left >= LEAST_CHANGE) {
          change(index, left - lines.get(index).quantity());
        }
      }
    }

    private int large() {
      int index = random.nextInt(lines.size());
      while (lines.get(index).quantity() <= LEAST_CHANGE) {
        index = random.nextInt(lines.size());
      }
      return index;
    }

    private void change(int index, long acts) {
      TrueLine line = lines.get(index);
      lines.set(index, SmallCellsMonth.line(line.codes(), line.quantity() + acts));
      changes.add(SmallCellsMonth.line(line.codes(), acts));
    }
  }
}
