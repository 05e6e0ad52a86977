package fr.opendamir.cli;

import fr.opendamir.ops.PreparedDatabase;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Imports the demonstration set in a process of its own: the serving process never opens a source
 * file and never holds unprotected aggregates, not even synthetic ones.
 */
final class DemoImport {
  /** Beside the program: the set as the build has imported it. */
  private static final String PREPARED = "demo";

  private static final String OWN_SETTINGS = "opendamir.";

  /** Into the configured database. */
  void run() {
    List<String> settings = new ArrayList<>();
    for (String name : new TreeSet<>(System.getProperties().stringPropertyNames())) {
      if (name.startsWith(OWN_SETTINGS)) {
        settings.add("-D" + name + "=" + System.getProperty(name));
      }
    }
    if (run(new ProcessBuilder(command(settings)).inheritIO()) != 0) {
      throw new IllegalStateException(
          "the demonstration set could not be imported; start with -Dopendamir.demo.enabled=false"
              + " to go on without it");
    }
  }

  /**
   * Into a new embedded database, with the settings that everybody has, whatever is configured
   * here.
   *
   * @param log gets what the import says
   * @return whether it was imported
   */
  static boolean runInto(Path databaseFolder, File log) {
    ProcessBuilder builder =
        new ProcessBuilder(
                command(List.of("-Dopendamir.database.folder=" + databaseFolder.toAbsolutePath())))
            .directory(databaseFolder.toFile()) // without a folder config
            .redirectErrorStream(true)
            .redirectOutput(log);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.toLowerCase(Locale.ROOT).startsWith("opendamir"));
    return run(builder) == 0;
  }

  private static int run(ProcessBuilder process) {
    try {
      return process.start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("the demonstration import cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while importing the demonstration set", e);
    }
  }

  /** The set as the build has imported it, if it has for this platform. */
  static Optional<PreparedDatabase> prepared() {
    // Of a class path, as in a development environment, there is none.
    return program().endsWith(".jar") ? PreparedDatabase.find(preparedFolder()) : Optional.empty();
  }

  /** Where the build puts it. */
  static Path preparedFolder() {
    return Path.of(program()).toAbsolutePath().resolveSibling(PREPARED);
  }

  private static String program() {
    return System.getProperty("java.class.path");
  }

  private static List<String> command(List<String> settings) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(settings);
    // Beside it the server starts, which needs the processor more than this needs fast code.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add("-jar");
    command.add(new File(program()).getAbsolutePath());
    command.add("import");
    command.add("--demo");
    // The import of a service that was killed may still run.
    command.add("--wait");
    return command;
  }
}
