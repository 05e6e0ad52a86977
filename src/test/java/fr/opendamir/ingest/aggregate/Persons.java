package fr.opendamir.ingest.aggregate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Contributors of a set of source lines, as an exact fraction: {@code Σ |Σ quantity| / acts per
 * person} over the services of the set, or its number of lines where every quantity is zero.
 *
 * @param numerator over {@link #DENOMINATOR}
 */
record Persons(BigInteger numerator) implements Comparable<Persons> {
  private record Range(int first, int last, String group, int actsPerPerson) {

    boolean holds(String service) {
      return service.matches("[0-9]{1,4}")
          && first <= Integer.parseInt(service)
          && Integer.parseInt(service) <= last;
    }
  }

  /** Where codes are that are not documented: as many acts per person as the most of any. */
  private static final Range NO_RANGE = new Range(0, 0, "undocumented", 20);

  private static final List<Range> RANGES = readRanges();
  private static final Map<String, Range> BY_SERVICE = new ConcurrentHashMap<>();

  /** The product of all numbers of acts per person: a common denominator, the least or not. */
  static final BigInteger DENOMINATOR =
      RANGES.stream()
          .map(Range::actsPerPerson)
          .distinct()
          .map(BigInteger::valueOf)
          .reduce(BigInteger.valueOf(NO_RANGE.actsPerPerson()), BigInteger::multiply);

  static Persons in(Collection<SourceLine> lines) {
    if (lines.stream().allMatch(line -> line.quantity() == 0)) {
      return new Persons(BigInteger.valueOf(lines.size()).multiply(DENOMINATOR));
    }
    Map<String, Long> quantities = new TreeMap<>();
    for (SourceLine line : lines) {
      quantities.merge(line.service(), line.quantity(), Math::addExact);
    }
    BigInteger numerator = BigInteger.ZERO;
    for (Map.Entry<String, Long> entry : quantities.entrySet()) {
      BigInteger perAct =
          DENOMINATOR.divide(BigInteger.valueOf(rangeOf(entry.getKey()).actsPerPerson()));
      numerator = numerator.add(BigInteger.valueOf(Math.abs(entry.getValue())).multiply(perAct));
    }
    return new Persons(numerator);
  }

  /** The contributors of acts of one service. */
  static BigInteger ofActs(String service, long acts) {
    return DENOMINATOR
        .divide(BigInteger.valueOf(rangeOf(service).actsPerPerson()))
        .multiply(BigInteger.valueOf(Math.abs(acts)));
  }

  boolean atLeast(int count) {
    return numerator.compareTo(BigInteger.valueOf(count).multiply(DENOMINATOR)) >= 0;
  }

  boolean atMost(long count) {
    return numerator.compareTo(BigInteger.valueOf(count).multiply(DENOMINATOR)) <= 0;
  }

  long wholePersons() {
    return numerator.divide(DENOMINATOR).longValueExact();
  }

  @Override
  public int compareTo(Persons other) {
    return numerator.compareTo(other.numerator);
  }

  static String group(String service) {
    return rangeOf(service).group();
  }

  private static Range rangeOf(String service) {
    return BY_SERVICE.computeIfAbsent(
        service,
        code -> RANGES.stream().filter(range -> range.holds(code)).findFirst().orElse(NO_RANGE));
  }

  private static List<Range> readRanges() {
    List<Range> ranges = new ArrayList<>();
    try (InputStream in = Persons.class.getResourceAsStream("acts-per-person.csv")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String row : text.lines().skip(1).toList()) {
        String[] cells = row.split(",", -1);
        ranges.add(
            new Range(
                Integer.parseInt(cells[0]),
                Integer.parseInt(cells[1]),
                cells[2],
                Integer.parseInt(cells[3])));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ranges;
  }
}
