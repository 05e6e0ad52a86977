package fr.opendamir.ingest.aggregate;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.CodeEntry;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.disclosure.CodeColumn;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.ingest.source.SourceColumn;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The code columns of atoms and blocks. */
final class CodeColumns {
  private static final Predicate<String> IS_NUMBER = Pattern.compile("\\d+").asMatchPredicate();

  private CodeColumns() {}

  /**
   * Returns the columns in the order of the dimensions of blocks.
   *
   * @param wordColumns columns of the file that hold other codes than plain numbers
   */
  static List<CodeColumn> of(Catalog catalog, Set<SourceColumn> wordColumns) {
    return DisclosurePolicy.blockDimensions().stream()
        .map(
            dimension ->
                new CodeColumn(
                    dimension,
                    dimension == Dimension.CARE_LAG || !wordColumns.contains(source(dimension)),
                    words(catalog, dimension)))
        .toList();
  }

  /** The column of the file that holds the codes of a dimension. */
  static SourceColumn source(Dimension dimension) {
    return SourceColumn.valueOf(dimension.variables().get(0));
  }

  /** Listed codes that are not numbers, and the codes of groups. */
  private static List<String> words(Catalog catalog, Dimension dimension) {
    return Stream.concat(
            codes(catalog, Level.of(dimension).get(0)).filter(IS_NUMBER.negate()),
            Level.groupsOf(dimension).stream()
                .flatMap(level -> codes(catalog, level))
                .map(ReservedCodes::ofGroup))
        .toList();
  }

  private static Stream<String> codes(Catalog catalog, Level level) {
    return catalog.codes(level).stream().map(CodeEntry::code);
  }
}
