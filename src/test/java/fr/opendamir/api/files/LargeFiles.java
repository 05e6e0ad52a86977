package fr.opendamir.api.files;

import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.query.FileShelf;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseFile;
import fr.opendamir.query.ReleaseFiles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files of the service under test, to which a test can add one of a gigabyte of zeros. */
@Decorator
@Priority(1)
public class LargeFiles implements FileShelf {
  public static final ReleaseFile LARGE =
      new ReleaseFile(
          ReleaseFile.Kind.BLOCKS,
          "large",
          "0".repeat(64),
          1L << 30,
          0,
          Optional.empty(),
          Optional.empty(),
          0,
          Map.<SourceMeasure, Long>of());

  private static volatile Path path;

  private final FileShelf shelf;

  @Inject
  LargeFiles(@Delegate @Any FileShelf shelf) {
    this.shelf = shelf;
  }

  /** Adds the file to every release. */
  public static Path add() {
    try {
      Path file = Files.createTempFile("large", ".parquet");
      try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
        sparse.setLength(LARGE.bytes());
      }
      path = file;
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes it away; clients that read it read on. */
  public static void remove() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    path = null;
  }

  @Override
  public boolean isOpen() {
    return shelf.isOpen();
  }

  @Override
  public Uni<ReleaseFiles> files(Release release) {
    return shelf
        .files(release)
        .map(
            found -> {
              List<ReleaseFile> files = new ArrayList<>(found.files());
              if (path != null) {
                files.add(LARGE);
              }
              return new ReleaseFiles(release, files);
            });
  }

  @Override
  public Optional<ReleaseFiles> remembered(Release release) {
    return shelf.remembered(release);
  }

  @Override
  public Uni<Path> intact(Release release, ReleaseFile file) {
    return file.equals(LARGE) ? Uni.createFrom().item(path) : shelf.intact(release, file);
  }
}
