package fr.opendamir.columns;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseFile;
import fr.opendamir.query.ReleaseFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that are derived from the segments of a release, in a folder beside them. They are made
 * once: their names consist of a key of everything that they depend on, their checksum and their
 * number of rows, so that they are found after a restart and by services that share the folder.
 */
final class DerivedFiles {
  /** Version of the columns and their order. */
  private static final String FORMAT = "2";

  private static final String PARTIAL = ".part";
  private static final Pattern NAME =
      Pattern.compile("([a-z-]+)-([0-9a-f]{16})-([0-9a-f]{64})-(\\d{1,18})\\.parquet");

  /**
   * Files that no service has looked up for this long are of releases that are no longer served.
   */
  private static final Duration UNUSED = Duration.ofDays(2);

  private static final int KEY_DIGITS = 16;

  private final SegmentFolder segments;
  private final Path folder;
  private final Catalog catalog;
  private final ColumnsConfig config;
  private final Clock clock;
  private volatile String inputs;

  DerivedFiles(SegmentFolder segments, Catalog catalog, ColumnsConfig config, Clock clock) {
    this.segments = segments;
    this.folder = segments.path().resolve("files");
    this.catalog = catalog;
    this.config = config;
    this.clock = clock;
  }

  /** The file of a release on the disk, whether or not it is still there. */
  Path path(Release release, ReleaseFile file) {
    return folder.resolve(
        "%s-%s-%s-%d.parquet".formatted(file.resource(), key(release), file.sha256(), file.rows()));
  }

  /**
   * Finds the derived files of a release, and makes those that are not there.
   *
   * @throws IllegalStateException if they do not add up to the totals of the release
   */
  List<ReleaseFile> provide(Release release) throws IOException, SQLException {
    Files.createDirectories(folder);
    removeUnused();
    if (inputs == null) {
      inputs = DerivedTables.libraryVersion() + "\n" + DerivedTables.labels(catalog);
    }
    Optional<ReleaseFile> cube = find(release, ReleaseFile.Kind.CUBE);
    Optional<ReleaseFile> codes = find(release, ReleaseFile.Kind.CODES);
    if (cube.isPresent() && codes.isPresent()) {
      return List.of(codes.get(), cube.get());
    }
    try (DerivedTables tables = new DerivedTables(config, segments, catalog)) {
      return List.of(
          make(release, ReleaseFile.Kind.CODES, tables),
          make(release, ReleaseFile.Kind.CUBE, tables));
    }
  }

  private ReleaseFile make(Release release, ReleaseFile.Kind kind, DerivedTables tables)
      throws IOException, SQLException {
    Path partial = Files.createTempFile(folder, resource(kind) + "-", PARTIAL);
    try {
      long rows =
          kind == ReleaseFile.Kind.CUBE
              ? tables.writeCube(release, partial)
              : tables.writeCodes(release, partial);
      ReleaseFile file = file(release, kind, FileChecksum.of(partial), Files.size(partial), rows);
      Files.move(partial, path(release, file), StandardCopyOption.ATOMIC_MOVE);
      return file;
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private Optional<ReleaseFile> find(Release release, ReleaseFile.Kind kind) throws IOException {
    String key = key(release);
    for (Path path : files()) {
      Matcher name = NAME.matcher(path.getFileName().toString());
      if (name.matches() && name.group(1).equals(resource(kind)) && name.group(2).equals(key)) {
        Files.setLastModifiedTime(path, FileTime.from(clock.instant()));
        return Optional.of(
            file(release, kind, name.group(3), Files.size(path), Long.parseLong(name.group(4))));
      }
    }
    return Optional.empty();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private void removeUnused() throws IOException {
    for (Path path : files()) {
      if (Files.getLastModifiedTime(path).toInstant().isBefore(clock.instant().minus(UNUSED))) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static ReleaseFile file(
      Release release, ReleaseFile.Kind kind, String sha256, long bytes, long rows) {
    return new ReleaseFile(
        kind,
        resource(kind),
        sha256,
        bytes,
        rows,
        Optional.empty(),
        Optional.empty(),
        0,
        kind == ReleaseFile.Kind.CUBE ? totals(release) : Map.of());
  }

  /** The sums over all months of a release. */
  static Map<SourceMeasure, Long> totals(Release release) {
    Map<SourceMeasure, Long> totals = new EnumMap<>(SourceMeasure.class);
    release
        .months()
        .forEach(
            month ->
                month
                    .totals()
                    .forEach((measure, total) -> totals.merge(measure, total, Math::addExact)));
    return totals;
  }

  private static String resource(ReleaseFile.Kind kind) {
    return kind == ReleaseFile.Kind.CUBE ? "cube-main" : "codes";
  }

  /** A key of everything that derived files depend on: segments, labels and version of DuckDB. */
  private String key(Release release) {
    String segmentsOfRelease =
        ReleaseFiles.blocks(release).stream()
            .map(ReleaseFile::sha256)
            .collect(Collectors.joining("\n"));
    String all = FORMAT + "\n" + inputs + "\n" + segmentsOfRelease;
    return FileChecksum.of(all.getBytes(StandardCharsets.UTF_8)).substring(0, KEY_DIGITS);
  }

  /** Removes a damaged file, so that it is made again. */
  void remove(Release release, ReleaseFile file) {
    try {
      Files.deleteIfExists(path(release, file));
    } catch (IOException e) {
      throw new UncheckedIOException("a damaged file cannot be removed", e);
    }
  }
}
