package fr.opendamir.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A value of a row: that of a measure or, in a comparison, what is derived from it. */
public record MeasureValue(Measure measure, Kind kind) {
  private static final int DECIMALS_OF_RATES = 6;
  private static final List<Kind> ALL = List.of(Kind.values());
  private static final List<Kind> ASKED = List.of(Kind.ASKED);

  /** The kinds of values, in the order of the columns of a measure. */
  public enum Kind {
    /** The measure in the requested period. */
    ASKED(""),
    /** The measure in the earlier period. */
    COMPARED("_compared"),
    /** The difference of the two, as they are displayed. */
    CHANGE("_change"),
    /** The change divided by the earlier value; none if that is not positive. */
    CHANGE_RATE("_change_rate");

    private final String suffix;

    Kind(String suffix) {
      this.suffix = suffix;
    }

    /** Number of decimals of the value of a measure. */
    public int decimals(Measure measure) {
      return this == CHANGE_RATE ? DECIMALS_OF_RATES : measure.decimals();
    }
  }

  /** The measure in the requested period. */
  public static MeasureValue of(Measure measure) {
    return new MeasureValue(measure, Kind.ASKED);
  }

  /** The values that a row has of measures, in order. */
  public static List<MeasureValue> of(List<Measure> measures, boolean isComparison) {
    return measures.stream()
        .flatMap(
            measure -> kinds(isComparison).stream().map(kind -> new MeasureValue(measure, kind)))
        .toList();
  }

  /** The values that a row has of each measure. */
  public static List<Kind> kinds(boolean isComparison) {
    return isComparison ? ALL : ASKED;
  }

  /** The name of its column. */
  public String id() {
    return measure.id() + kind.suffix;
  }

  /** Number of decimals of the value. */
  public int decimals() {
    return kind.decimals(measure);
  }

  /** Returns the value with that name, ignoring case; measures have aliases here too. */
  public static Optional<MeasureValue> find(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(Kind.values())
        .filter(kind -> lower.endsWith(kind.suffix))
        .flatMap(
            kind ->
                Measure.find(name.substring(0, name.length() - kind.suffix.length()))
                    .map(measure -> new MeasureValue(measure, kind))
                    .stream())
        .findFirst();
  }

  /** Part of the checksum of cursors, which stay valid. */
  @Override
  public String toString() {
    return kind == Kind.ASKED ? measure.toString() : measure + kind.suffix;
  }
}
