package fr.opendamir.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Interpreters of the scripts in docs/recipes. Building takes a JDK and Maven only: tests of
 * scripts are skipped where an interpreter or a package is missing.
 */
public final class ScriptPrograms {
  /** The interpreter of Python: {@code PYTHON}, or the first one of the path. */
  public static final String PYTHON =
      Optional.ofNullable(System.getenv("PYTHON")).orElse("python3");

  /** The interpreter of R: {@code RSCRIPT}, or the first one of the path. */
  public static final String R = Optional.ofNullable(System.getenv("RSCRIPT")).orElse("Rscript");

  private ScriptPrograms() {}

  /** The lines that a program writes; empty if it is not there or fails. */
  public static Optional<List<String>> output(String... command)
      throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      return Optional.empty(); // not installed
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? Optional.of(output.lines().toList()) : Optional.empty();
  }
}
