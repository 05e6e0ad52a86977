package fr.opendamir.ingest.aggregate;

import fr.opendamir.catalog.Catalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Groups of codes, read from the catalog's CSV file without the catalog. */
final class ReferenceCodes {
  private record Range(String level, String first, String last, String group) {
    boolean holds(String code) {
      if (first.isEmpty() || code.equals(first)) {
        return true;
      }
      return !last.isEmpty()
          && code.matches("0|[1-9][0-9]{0,4}")
          && Integer.parseInt(first) <= Integer.parseInt(code)
          && Integer.parseInt(code) <= Integer.parseInt(last);
    }
  }

  private static final Set<String> HAVE_GROUPS = Set.of("service", "exemption");
  private static final List<Range> RANGES = read();
  private static final Map<String, String> GROUPS = new ConcurrentHashMap<>();

  private ReferenceCodes() {}

  static boolean haveGroups(String dimension) {
    return HAVE_GROUPS.contains(dimension);
  }

  /** The name of the group of a service. */
  static String groupOfService(String code) {
    return group("service", code).substring("G:".length());
  }

  /** The group of a code as blocks show it; groups, and codes without a group, are their own. */
  static String group(String dimension, String code) {
    boolean hasNone = code.equals("NR") && dimension.equals("exemption");
    if (code.startsWith("G:") || code.equals("ND") || hasNone) {
      return code;
    }
    return GROUPS.computeIfAbsent(dimension + " " + code, name -> "G:" + find(dimension, code));
  }

  /** The groups of a dimension in the order of their list. */
  static List<String> listedGroups(String dimension) {
    return text(dimension + "_group.csv")
        .skip(1)
        .map(row -> "G:" + row.substring(0, row.indexOf(',')))
        .toList();
  }

  private static String find(String dimension, String code) {
    return RANGES.stream()
        .filter(range -> range.level().equals(dimension + "_group") && range.holds(code))
        .findFirst()
        .orElseThrow()
        .group();
  }

  /** Rows of single codes and ranges come before the row of all other codes. */
  private static List<Range> read() {
    return text("hierarchy.csv")
        .skip(1)
        .map(row -> row.split(",", -1))
        .map(cells -> new Range(cells[0], cells[1], cells[2], cells[3]))
        .toList();
  }

  private static Stream<String> text(String name) {
    try (InputStream in = Catalog.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
