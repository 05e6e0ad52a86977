package fr.opendamir.ingest.source;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.SourceMeasure;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The columns that are needed to make blocks: the public dimensions and the six measures. */
public final class RequiredColumns {
  public static final List<SourceColumn> ALL =
      Stream.concat(
              Arrays.stream(Dimension.values()).flatMap(d -> d.variables().stream()),
              Arrays.stream(SourceMeasure.values()).map(SourceMeasure::variable))
          .map(SourceColumn::valueOf)
          .toList();

  /** The columns that hold one code of one dimension (the care date and the month are computed). */
  public static final List<SourceColumn> CODES =
      Arrays.stream(Dimension.values())
          .filter(d -> d != Dimension.MONTH && d != Dimension.CARE_LAG)
          .map(d -> SourceColumn.valueOf(d.variables().get(0)))
          .toList();

  private RequiredColumns() {}
}
