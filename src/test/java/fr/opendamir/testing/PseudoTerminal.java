package fr.opendamir.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A command of this application in a terminal, as the program {@code script} of util-linux makes
 * one: with what it shows, and keys that are pressed.
 */
public final class PseudoTerminal implements AutoCloseable {
  /** The key Control and C. */
  public static final String CONTROL_C = "\u0003";

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Process process;

  @SuppressWarnings("JdkObsolete") // written by one thread and read by another
  private final StringBuffer screen = new StringBuffer();

  private final Thread reader;

  private PseudoTerminal(Process process) {
    this.process = process;
    this.reader = new Thread(this::read, "terminal");
    reader.setDaemon(true);
    reader.start();
  }

  /** Whether this machine can make one. */
  public static boolean isAvailable() {
    return InstalledPrograms.has("script");
  }

  /**
   * Starts a command.
   *
   * @param settings system properties
   * @param arguments of the command line
   */
  public static PseudoTerminal run(Map<String, String> settings, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
    settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add("fr.opendamir.cli.Main");
    command.addAll(List.of(arguments));
    String line =
        command.stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" ", "exec env --default-signal=INT ", ""));
    ProcessBuilder script =
        new ProcessBuilder("script", "--quiet", "--return", "--flush", "-c", line, "/dev/null");
    script.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    script.environment().put("TERM", "xterm");
    script.environment().remove("NO_COLOR");
    return new PseudoTerminal(script.redirectErrorStream(true).start());
  }

  private void read() {
    try (InputStream in = process.getInputStream()) {
      byte[] buffer = new byte[4096];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        screen.append(new String(buffer, 0, read, UTF_8));
      }
    } catch (IOException e) {
      screen.append(e); // the terminal is gone
    }
  }

  /** All that was shown so far, with the characters that move the cursor. */
  public String screen() {
    return screen.toString();
  }

  /** Returns when a text has been shown. */
  public void await(String text) {
    Eventually.isTrue(LIMIT, this::screen, () -> screen().contains(text));
  }

  /** Presses keys. */
  public void press(String keys) throws IOException {
    OutputStream keyboard = process.getOutputStream();
    keyboard.write(keys.getBytes(UTF_8));
    keyboard.flush();
  }

  /** Returns the exit code of the command when it has ended. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the command does not end: " + screen);
    }
    reader.join();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
