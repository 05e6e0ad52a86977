package fr.opendamir.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The folder of one run under the temporary folder, named after the process so that the next run
 * can recognise an abandoned one. It holds spilled atoms, or what a run has downloaded, and must
 * not outlive the run.
 */
public final class RunFolder implements AutoCloseable {
  private static final String PREFIX = "import-";
  private static final int DELETE_ATTEMPTS = 40;
  private static final long BETWEEN_ATTEMPTS_NANOS = 50_000_000;

  private final Path path;
  private final Thread removal;

  private RunFolder(Path path) {
    this.path = path;
    this.removal = new Thread(() -> deleteAtEnd(path), "import-folder-removal");
    Runtime.getRuntime().addShutdownHook(removal);
  }

  /** Creates the folder of this run and removes the folders of runs that no longer exist. */
  public static RunFolder create(Path temporaryFolder, Consumer<String> messages) {
    try {
      Files.createDirectories(temporaryFolder);
      removeAbandoned(temporaryFolder, messages);
      return new RunFolder(
          Files.createTempDirectory(temporaryFolder, PREFIX + ProcessHandle.current().pid() + "-"));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the temporary folder " + temporaryFolder + " is not usable", e);
    }
  }

  /** Returns an empty folder for one file of the run. */
  public Path forFile(int index) {
    try {
      return Files.createDirectory(path.resolve("file-" + index));
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary folder " + path + " is not usable", e);
    }
  }

  static void remove(Path fileFolder) {
    deleteTree(fileFolder);
  }

  @Override
  public void close() {
    deleteTree(path);
    try {
      Runtime.getRuntime().removeShutdownHook(removal);
    } catch (IllegalStateException e) {
      // The JVM is shutting down: the shutdown hook is running and does the same.
    }
  }

  private static void removeAbandoned(Path temporaryFolder, Consumer<String> messages)
      throws IOException {
    try (Stream<Path> folders = Files.list(temporaryFolder)) {
      for (Path folder : folders.filter(RunFolder::isAbandoned).toList()) {
        deleteTree(folder);
        messages.accept("removed the temporary folder of an import that did not end");
      }
    }
  }

  private static boolean isAbandoned(Path folder) {
    String name = folder.getFileName().toString();
    if (!name.startsWith(PREFIX)) {
      return false;
    }
    try {
      long pid = Long.parseLong(name.substring(PREFIX.length(), name.lastIndexOf('-')));
      Optional<ProcessHandle> process = ProcessHandle.of(pid);
      return process.isEmpty() || !process.get().isAlive();
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      return false; // not a folder of a run
    }
  }

  /**
   * Deletes the folder of a process that ends, while its threads may still write into it: each
   * attempt deletes the files that were created during the one before.
   */
  private static void deleteAtEnd(Path folder) {
    for (int attempt = 0; attempt < DELETE_ATTEMPTS && Files.exists(folder); attempt++) {
      try {
        deleteTree(folder);
      } catch (UncheckedIOException e) {
        LockSupport.parkNanos(BETWEEN_ATTEMPTS_NANOS);
      }
    }
  }

  private static void deleteTree(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary folder " + folder + " cannot be removed", e);
    }
  }
}
