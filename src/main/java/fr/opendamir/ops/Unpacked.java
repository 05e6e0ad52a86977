package fr.opendamir.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where libraries of this process unpack native code and files that they serve: a folder of its
 * own, which nobody else may write to, until it ends. Named after the process, so that the next one
 * removes what a killed one left.
 */
public final class Unpacked implements AutoCloseable {
  private static final String PREFIX = "opendamir-";

  private final Path folder;
  private final Map<String, String> before = new LinkedHashMap<>();

  private Unpacked(Path folder) {
    this.folder = folder;
    // Read by DuckDB and Brotli, Vert.x, and Netty, in this order, when they are first used.
    set("java.io.tmpdir", folder);
    set("vertx.cacheDirBase", folder.resolve("vertx-cache"));
    set("io.netty.native.workdir", folder);
  }

  /** Below the folder of the embedded database. */
  public static Unpacked below(Path databaseFolder) {
    try {
      EmbeddedDatabase.requirePrivate(databaseFolder);
      return in(PrivateFolder.requireWithin(databaseFolder, "unpacked"));
    } catch (IOException e) {
      throw unusable(databaseFolder, e);
    }
  }

  /** In the temporary folder of the machine, where nothing else is private. */
  public static Unpacked temporary() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      return in(temporary);
    } catch (IOException e) {
      throw unusable(temporary, e);
    }
  }

  private static Unpacked in(Path parent) throws IOException {
    try (Stream<Path> folders = Files.list(parent)) {
      folders.filter(Unpacked::isAbandoned).forEach(PrivateFolder::delete);
    }
    return new Unpacked(
        PrivateFolder.createNew(
            parent.toAbsolutePath(), PREFIX + ProcessHandle.current().pid() + "-"));
  }

  private static boolean isAbandoned(Path folder) {
    List<String> parts = List.of(folder.getFileName().toString().split("-", -1));
    if (parts.size() != 3 || !PREFIX.equals(parts.get(0) + "-")) {
      return false;
    }
    try {
      return ProcessHandle.of(Long.parseLong(parts.get(1)))
          .filter(ProcessHandle::isAlive)
          .isEmpty();
    } catch (NumberFormatException e) {
      return false; // not of ours
    }
  }

  private static UncheckedIOException unusable(Path folder, IOException cause) {
    return new UncheckedIOException(
        "the folder " + folder + " is not usable" + FreeSpace.hint(folder), cause);
  }

  public Path folder() {
    return folder;
  }

  private void set(String property, Path value) {
    before.put(property, System.getProperty(property));
    System.setProperty(property, value.toString());
  }

  @Override
  public void close() {
    before.forEach(
        (property, value) -> {
          if (value == null) {
            System.clearProperty(property);
          } else {
            System.setProperty(property, value);
          }
        });
    PrivateFolder.delete(folder);
  }
}
