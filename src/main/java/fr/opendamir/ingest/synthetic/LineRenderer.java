package fr.opendamir.ingest.synthetic;

import fr.opendamir.ingest.source.MonthlyFile;
import fr.opendamir.ingest.source.SourceColumn;
import fr.opendamir.ingest.source.SourceLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Writes lines in the raw format of the producer, and condenses their dimensions into a key. */
final class LineRenderer {

  /** A line has at most 57 fields of at most 18 characters; genuine ones have 160 in all. */
  static final int LONGEST_LINE = 1100;

  private enum Format {
    CODE,
    ZONE,
    YEAR,
    MONTH,
    LETTER,
    RATE,
    COUNT,
    AMOUNT
  }

  private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

  private final int[] ordinals;
  private final Format[] formats;
  private final byte[] header;

  LineRenderer(SourceLayout layout) {
    List<SourceColumn> columns = layout.columns();
    this.ordinals = columns.stream().mapToInt(SourceColumn::ordinal).toArray();
    this.formats = columns.stream().map(column -> format(layout, column)).toArray(Format[]::new);
    this.header =
        columns.stream()
            .map(layout::nameOf)
            .collect(Collectors.joining(";", "", ";" + MonthlyFile.SYNTHETIC + "\n"))
            .getBytes(StandardCharsets.US_ASCII);
  }

  private static Format format(SourceLayout layout, SourceColumn column) {
    if (layout.hasZones() && ZoneCodes.COLUMNS.contains(column)) {
      return Format.ZONE;
    }
    return switch (column) {
      case SOI_ANN -> Format.YEAR;
      case SOI_MOI -> Format.MONTH;
      case ETB_DCS_MCO -> Format.LETTER;
      case PRS_REM_TAU -> Format.RATE;
      case PRS_ACT_NBR, PRS_ACT_QTE, FLT_ACT_NBR, FLT_ACT_QTE -> Format.COUNT;
      default -> column.isMeasure() ? Format.AMOUNT : Format.CODE;
    };
  }

  /** The header line, marked as that of a generated file, with its line feed. */
  byte[] header() {
    return header.clone();
  }

  /**
   * Writes one line at {@code start}, line feed included, and returns where the next one starts.
   */
  int render(Line line, byte[] out, int start) {
    int at = start;
    for (int i = 0; i < ordinals.length; i++) {
      int ordinal = ordinals[i];
      at =
          switch (formats[i]) {
            case CODE, ZONE -> DecimalText.whole(out, at, code(line, i));
            case YEAR -> DecimalText.padded(out, at, line.code(ordinal), 4);
            case MONTH -> DecimalText.padded(out, at, line.code(ordinal), 2);
            case LETTER -> letter(out, at, line.code(ordinal));
            case RATE -> DecimalText.hundredths(out, at, line.code(ordinal));
            case COUNT -> DecimalText.count(out, at, line.amount(ordinal));
            case AMOUNT -> DecimalText.hundredths(out, at, line.amount(ordinal));
          };
      out[at++] = ';';
    }
    out[at++] = '\n';
    return at;
  }

  private int code(Line line, int column) {
    int code = line.code(ordinals[column]);
    return formats[column] == Format.ZONE ? ZoneCodes.of(code) : code;
  }

  private static int letter(byte[] out, int at, int letter) {
    out[at] = (byte) letter;
    return at + 1;
  }

  /**
   * 64 bits of the dimensions written; lines with equal dimensions have equal keys, other lines
   * almost never do. Never zero.
   */
  long key(Line line) {
    long key = MULTIPLIER;
    for (int i = 0; i < ordinals.length; i++) {
      if (formats[i] != Format.COUNT && formats[i] != Format.AMOUNT) {
        key = Long.rotateLeft((key ^ code(line, i)) * MULTIPLIER, 29);
      }
    }
    key = (key ^ (key >>> 32)) * MULTIPLIER;
    key ^= key >>> 29;
    return key == 0 ? 1 : key;
  }
}
