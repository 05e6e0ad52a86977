package fr.opendamir.query;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One file of the data set of a release.
 *
 * @param resource its name in the data set, the same in every release
 * @param sha256 checksum of the bytes, 64 lower-case hexadecimal digits
 * @param bytes size of the file
 * @param segment the segment that it is; absent for files that are derived from segments
 * @param month the month of the blocks; absent for files about all months
 * @param revision 0 for the import of the month, then the number of the revision
 * @param totals sums over its rows, in cents (in acts for the quantity); empty for code lists
 */
public record ReleaseFile(
    Kind kind,
    String resource,
    String sha256,
    long bytes,
    long rows,
    Optional<Segment> segment,
    Optional<YearMonth> month,
    int revision,
    Map<SourceMeasure, Long> totals) {

  /** The levels of the cube in addition to the month. */
  public static final List<Level> CUBE_LEVELS =
      List.of(Level.REGION, Level.AGE_BAND, Level.SEX, Level.SERVICE_GROUP);

  /** The columns of the code lists. */
  public static final List<String> CODE_COLUMNS =
      List.of(
          "dimension",
          "level",
          "code",
          "label_fr",
          "label_en",
          "coarser_level",
          "coarser_code",
          "valid_from",
          "valid_to");

  /** The digits of the checksum that are a part of the name. */
  private static final int DIGITS = 16;

  /** What a file holds. */
  public enum Kind {
    /** The blocks of an import, by all dimensions at every level. */
    BLOCKS,
    /** Sums by a few levels, over all months. */
    CUBE,
    /** The codes of all levels, with labels. */
    CODES
  }

  public ReleaseFile {
    totals = Map.copyOf(totals);
  }

  /** A segment of a month. */
  static ReleaseFile of(YearMonth month, int revision, ReleaseImport stored, Segment segment) {
    return new ReleaseFile(
        Kind.BLOCKS,
        "blocks-" + month + (revision == 0 ? "" : "-r" + revision),
        segment.sha256(),
        segment.bytes(),
        segment.rows(),
        Optional.of(segment),
        Optional.of(month),
        revision,
        stored.totals());
  }

  /**
   * The name of the file. It depends on the content, so a file that has the same name in two
   * releases is the same file.
   */
  public String name() {
    return resource + "-" + sha256.substring(0, DIGITS) + ".parquet";
  }

  /** The name of the file of the newest release, whatever its content. */
  public String latestName() {
    return resource + ".parquet";
  }
}
