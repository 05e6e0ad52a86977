package fr.opendamir.ingest.source;

import fr.opendamir.catalog.SourceMeasure;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the fields that the import uses or checks are in the lines of one file: positions, from 0.
 */
final class LineLayout {
  private final SourceLayout layout;
  private final List<String> header;
  private final FieldKind[] kinds;
  private final SourceColumn[] columns;
  private final int[] codes;
  private final int[] numbers;

  LineLayout(SourceLayout layout, List<String> header) {
    this.layout = layout;
    this.header = header;
    this.columns =
        header.stream()
            .map(name -> SourceColumn.find(name).orElse(null))
            .toArray(SourceColumn[]::new);
    this.kinds =
        Arrays.stream(columns)
            .map(column -> column == null ? FieldKind.UNUSED : FieldKind.of(column))
            .toArray(FieldKind[]::new);
    this.codes = RequiredColumns.CODES.stream().mapToInt(this::field).toArray();
    int[] used =
        IntStream.concat(
                Arrays.stream(SourceMeasure.values())
                    .mapToInt(measure -> header.indexOf(measure.variable())),
                IntStream.of(field(SourceColumn.FLT_ACT_NBR)).filter(field -> field >= 0))
            .toArray();
    this.numbers =
        IntStream.concat(
                IntStream.of(used),
                IntStream.range(0, kinds.length)
                    .filter(field -> kinds[field].isNumber())
                    .filter(field -> IntStream.of(used).noneMatch(other -> other == field)))
            .toArray();
  }

  /** Number of columns. */
  int size() {
    return kinds.length;
  }

  /** The position of a column; -1 if the file lacks it. */
  int field(SourceColumn column) {
    return header.indexOf(column.name());
  }

  /** The columns of {@link RequiredColumns#CODES}, in that order. */
  int[] codes() {
    return codes;
  }

  /**
   * All columns of numbers: first the measures in their order, then {@code FLT_ACT_NBR} where the
   * file has it, then those that are checked only.
   */
  int[] numbers() {
    return numbers;
  }

  FieldKind kind(int field) {
    return field < kinds.length ? kinds[field] : FieldKind.UNUSED;
  }

  SourceColumn column(int field) {
    return columns[field];
  }

  /** The prefix of the codes of a column in the codes of its dimension; empty for most columns. */
  String codePrefix(SourceColumn column) {
    return layout.codePrefix(column);
  }

  /** Whether files of this layout are of that month. */
  boolean isOf(YearMonth month) {
    return layout.isOf(month);
  }

  /** Whether the columns of geography hold zones, not regions. */
  boolean hasZones() {
    return layout.hasZones();
  }

  /** The name of a column in the header, also of one that the header does not have. */
  String name(int field) {
    if (field >= header.size()) {
      return "number " + (field + 1);
    }
    return columns[field] == null ? header.get(field) : layout.nameOf(columns[field]);
  }
}
