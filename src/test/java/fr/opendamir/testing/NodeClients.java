package fr.opendamir.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Clients of the service that are not ours and not Java: the scripts in src/test/node, installed
 * from their lock file into target/node once per build.
 *
 * <p>Building takes a JDK and Maven only: where node, npm or a browser is missing, the tests that
 * need it are skipped and say so.
 */
public final class NodeClients {
  private static final Path SOURCE = Path.of("src", "test", "node");
  private static final Path INSTALLED = Path.of("target", "node");
  private static final Path LOCK = INSTALLED.resolve("installation.lock");
  private static final int OLDEST_NODE = 18;
  private static final Duration INSTALLATION = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path node;

  private NodeClients(Path node) {
    this.node = node;
  }

  /**
   * The installed clients; skips the test where they cannot be had. Tests of other processes that
   * want them too wait for the installation, and never see half of it.
   */
  public static synchronized NodeClients install() throws IOException, InterruptedException {
    Path node = require("node");
    Path npm = require("npm");
    Files.createDirectories(INSTALLED);
    try (FileChannel file = FileChannel.open(LOCK, CREATE, WRITE)) {
      var unused = file.lock(); // until it is closed
      install(node, npm);
    }
    return new NodeClients(node);
  }

  private static void install(Path node, Path npm) throws IOException, InterruptedException {
    copyScripts();
    String version = run(List.of(node.toString(), "--version"), Duration.ofSeconds(30)).text();
    assumeTrue(
        version.matches("v\\d+\\..*\\s*") && major(version) >= OLDEST_NODE,
        "skipped: node " + OLDEST_NODE + " or newer is needed, this is " + version.strip());
    Path lock = INSTALLED.resolve("package-lock.json");
    Path marker = INSTALLED.resolve("installed.json");
    if (!Files.exists(marker) || Files.mismatch(lock, marker) >= 0) {
      Output output =
          run(
              List.of(
                  npm.toString(),
                  "ci",
                  "--ignore-scripts",
                  "--no-audit",
                  "--no-fund",
                  "--prefer-offline"),
              INSTALLATION);
      if (output.code() != 0) {
        // Away from the registry the rest can still be built; where everything is checked it
        // counts.
        assumeTrue(
            System.getenv("CI") != null,
            () -> "skipped: npm cannot install src/test/node: " + output.errors());
        throw new IllegalStateException("npm ci failed: " + output.errors());
      }
      Files.copy(lock, marker, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Chromium; skips the test where there is none. */
  public static Path chromium() {
    Optional<Path> found =
        InstalledPrograms.find("chromium").or(() -> InstalledPrograms.find("chromium-browser"));
    assumeTrue(found.isPresent(), "skipped: there is no chromium on the path");
    return found.orElseThrow();
  }

  /** What a script prints, which is one JSON value. */
  public JsonNode run(Duration timeout, String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(node.toString(), script));
    command.addAll(List.of(arguments));
    Output output = run(command, timeout);
    if (output.code() != 0) {
      throw new IllegalStateException(script + " failed: " + output.errors());
    }
    return JSON.readTree(output.text());
  }

  private static void copyScripts() throws IOException {
    try (Stream<Path> files = Files.list(SOURCE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = INSTALLED.resolve(file.getFileName());
        // The same one may be running for another process.
        if (!Files.exists(copy) || Files.mismatch(file, copy) >= 0) {
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static int major(String version) {
    return Integer.parseInt(version.substring(1, version.indexOf('.')));
  }

  private static Path require(String program) {
    Optional<Path> found = InstalledPrograms.find(program);
    assumeTrue(found.isPresent(), () -> "skipped: there is no " + program + " on the path");
    return found.orElseThrow();
  }

  private static Output run(List<String> command, Duration timeout)
      throws IOException, InterruptedException {
    Path text = Files.createTempFile("node-client", ".out");
    Path errors = Files.createTempFile("node-client", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(INSTALLED.toFile())
              .redirectOutput(text.toFile())
              .redirectError(errors.toFile())
              .start();
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        throw new IllegalStateException(
            command + " took longer than " + timeout + ": " + Files.readString(errors, UTF_8));
      }
      return new Output(
          process.exitValue(), Files.readString(text, UTF_8), Files.readString(errors, UTF_8));
    } finally {
      Files.delete(text);
      Files.delete(errors);
    }
  }

  private record Output(int code, String text, String errors) {}
}
