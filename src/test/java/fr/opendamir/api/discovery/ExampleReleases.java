package fr.opendamir.api.discovery;

import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseFile;
import fr.opendamir.query.ReleaseFiles;
import fr.opendamir.query.ReleaseImport;
import fr.opendamir.query.ReleaseMonth;
import fr.opendamir.query.Segment;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Three releases, newest first: the second adds February and revises January, the third withdraws
 * January.
 */
final class ExampleReleases {
  private ExampleReleases() {}

  static List<Release> genuine() {
    return three(false);
  }

  static List<Release> synthetic() {
    return three(true);
  }

  private static List<Release> three(boolean synthetic) {
    return List.of(
        release("2026-03-02.1", month("2024-02", synthetic, 3)),
        release("2026-02-02.1", month("2024-01", synthetic, 1, 2), month("2024-02", synthetic, 3)),
        release("2026-01-02.1", month("2024-01", synthetic, 1)));
  }

  static Release release(String id, ReleaseMonth... months) {
    return new Release(
        id, Instant.parse(id.substring(0, 10) + "T08:00:00.123456Z"), Arrays.asList(months));
  }

  static ReleaseMonth month(String month, boolean synthetic, long... imports) {
    return new ReleaseMonth(
        LongStream.of(imports).mapToObj(ExampleReleases::stored).toList(),
        YearMonth.parse(month),
        "A" + month.replace("-", "") + ".csv.gz",
        1,
        null,
        "blocks-12",
        synthetic,
        false,
        1,
        1,
        11,
        Map.of(),
        Map.of());
  }

  private static ReleaseImport stored(long id) {
    Segment blocks = new Segment(id, Optional.empty(), sha256(id), 1000 + id, 10);
    return new ReleaseImport(id, YearMonth.of(2024, 1), 10, Map.of(), List.of(blocks));
  }

  /** The files of blocks of a release, and a cube. */
  static ReleaseFiles files(Release release) {
    List<ReleaseFile> files = new ArrayList<>(ReleaseFiles.blocks(release));
    files.add(
        new ReleaseFile(
            ReleaseFile.Kind.CUBE,
            "cube-main",
            sha256(9),
            500,
            5,
            Optional.empty(),
            Optional.empty(),
            0,
            Map.of()));
    return new ReleaseFiles(release, files);
  }

  private static String sha256(long id) {
    return String.valueOf(id).repeat(64);
  }
}
