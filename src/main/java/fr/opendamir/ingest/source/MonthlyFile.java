package fr.opendamir.ingest.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/**
 * A monthly file with a valid header: its columns and their order, how it is packed and written,
 * and the month in its name.
 *
 * @param packings from the outside; empty for plain text, two at most
 * @param layout the layout that the header shows
 * @param header the column names without the empty one after the trailing {@code ;}: columns of the
 *     layout are named as in {@link SourceColumn}, others as written
 * @param trailingSeparator whether header and lines end with {@code ;}
 * @param synthetic whether the header has the mark of generated files
 * @param windowsLineEnds whether the header ends with CR LF
 * @param dialect how values are written
 * @param size bytes on disk
 * @param nameMonth the month in the file name; empty if it has none ({@code A202501.csv.gz})
 */
public record MonthlyFile(
    Path path,
    List<Packing> packings,
    long size,
    SourceLayout layout,
    List<String> header,
    boolean trailingSeparator,
    boolean synthetic,
    boolean windowsLineEnds,
    Dialect dialect,
    Optional<YearMonth> nameMonth) {
  /**
   * The mark of generated files: the name of the last column, the one behind the trailing {@code
   * ;}, which has none in genuine files and is empty on every line. Programs that know columns by
   * name or by position read the file as any other.
   */
  public static final String SYNTHETIC = "SYNTHETIC";

  public MonthlyFile {
    packings = List.copyOf(packings);
    header = List.copyOf(header);
  }

  /** Reads the start of the file and checks that it is a monthly file. */
  public static MonthlyFile inspect(Path path) {
    return new FileInspection(path).inspect();
  }

  /** Whether the file has that column. */
  public boolean has(SourceColumn column) {
    return header.contains(column.name());
  }

  /** Header names that no layout contains; their values are not read. */
  public List<String> unknownColumns() {
    return header.stream().filter(name -> SourceColumn.find(name).isEmpty()).toList();
  }

  /** Number of fields of a complete line, including the empty one after a trailing separator. */
  public int fieldsPerLine() {
    return header.size() + (trailingSeparator ? 1 : 0);
  }

  /** Opens the unpacked bytes. */
  public PackedStream open() throws IOException {
    return PackedStream.open(path, packings);
  }

  /**
   * Inflates a gzip stream. Reading it to the end proves that it is complete: every member has its
   * length and checksum, and nothing follows the last one. The gzip reader of the JDK does not
   * check this: it accepts anything after a member as its end, even the start of another.
   */
  public static InputStream inflated(InputStream raw) throws IOException {
    return PackedStream.inflated(raw);
  }

  /**
   * Describes a read failure to the person who imports the file.
   *
   * @param where position of the failure
   */
  String readingProblem(String where, IOException failure) {
    return readingProblem(packings, where, failure);
  }

  static String readingProblem(List<Packing> packings, String where, IOException failure) {
    String reason = failure.getMessage() == null ? "" : failure.getMessage();
    if (packings.isEmpty()) {
      return "cannot be read " + where + ": " + reason;
    }
    return (packings.contains(Packing.ZIP) ? "the ZIP archive" : "the gzip stream")
        + " is cut or damaged "
        + where
        + (reason.isEmpty() ? "" : " (" + reason + ")")
        + "; download the file again";
  }
}
