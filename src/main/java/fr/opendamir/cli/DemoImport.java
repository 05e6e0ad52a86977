package fr.opendamir.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Imports the demonstration set in a process of its own: the serving process never opens a source
 * file and never holds unprotected aggregates, not even synthetic ones.
 */
final class DemoImport {
  private static final String OWN_SETTINGS = "opendamir.";

  void run() {
    try {
      int exitCode = new ProcessBuilder(command()).inheritIO().start().waitFor();
      if (exitCode != 0) {
        throw new IllegalStateException(
            "the demonstration set could not be imported; start with -Dopendamir.demo.enabled=false"
                + " to go on without it");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the demonstration import cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while importing the demonstration set", e);
    }
  }

  /** The jar of this process; beside it lies what belongs to the program. */
  static Path program() {
    return Path.of(System.getProperty("java.class.path"));
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String name : new TreeSet<>(System.getProperties().stringPropertyNames())) {
      if (name.startsWith(OWN_SETTINGS)) {
        command.add("-D" + name + "=" + System.getProperty(name));
      }
    }
    // Beside it the server starts, which needs the processor more than this needs fast code.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add("-jar");
    command.add(program().toString());
    command.add("import");
    command.add("--demo");
    // The import of a service that was killed may still run.
    command.add("--wait");
    return command;
  }
}
