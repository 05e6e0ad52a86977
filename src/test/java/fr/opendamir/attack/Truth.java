package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What a file really says. Attacks are scored against it, side by side; their estimates never look
 * at it.
 */
final class Truth {
  private static final Comparator<TrueCell> BY_CODES =
      Comparator.comparing(cell -> String.join("|", cell.codes()));

  private final List<TrueLine> lines;
  private final Map<List<String>, Map<List<String>, Long>> tables = new ConcurrentHashMap<>();
  private final Map<List<String>, List<TrueCell>> smallCells = new ConcurrentHashMap<>();

  Truth(List<TrueLine> lines) {
    this.lines = List.copyOf(lines);
  }

  List<TrueLine> lines() {
    return lines;
  }

  /** The acts of every cell of a table; a cell without lines is absent. */
  Map<List<String>, Long> quantities(List<String> dimensions) {
    return tables.computeIfAbsent(
        dimensions,
        key -> {
          Map<List<String>, Long> table = new HashMap<>();
          lines.forEach(line -> table.merge(line.key(key), line.quantity(), Long::sum));
          return table;
        });
  }

  long quantity(List<String> dimensions, List<String> codes) {
    return quantities(dimensions).getOrDefault(codes, 0L);
  }

  /** The cells of 1 to 10 acts of a table, in a fixed order. */
  List<TrueCell> smallCells(List<String> dimensions) {
    return smallCells.computeIfAbsent(
        dimensions,
        key ->
            quantities(key).entrySet().stream()
                .map(entry -> new TrueCell(key, entry.getKey(), entry.getValue()))
                .filter(TrueCell::isSmall)
                .sorted(BY_CODES)
                .toList());
  }

  /** The codes that occur, which an attacker reads from {@code /v1/dimensions}. */
  List<String> codes(String dimension) {
    return quantities(List.of(dimension)).keySet().stream()
        .map(key -> key.get(0))
        .sorted()
        .toList();
  }

  BigDecimal total(Function<TrueLine, BigDecimal> measure) {
    return lines.stream().map(measure).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
