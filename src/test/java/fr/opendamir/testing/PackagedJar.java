package fr.opendamir.testing;

import fr.opendamir.ops.FreePort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Runs the packaged application as its users do, with a database folder and a port of its own. */
public final class PackagedJar {
  /** What a command printed and how it ended. */
  public record Outcome(int exitCode, String output) {}

  private static final long LIMIT_SECONDS = 120;

  private final Path folder;
  private final int port;
  private final int managementPort;
  private final List<Process> started = new CopyOnWriteArrayList<>();
  private Path log;
  private final HttpClient http = HttpClient.newHttpClient();

  public PackagedJar(Path folder) {
    this.folder = folder;
    this.port = FreePort.next();
    this.managementPort = FreePort.next();
    PostgresFiles.putInto(folder.resolve("data"));
  }

  /** Runs a command to its end. */
  public Outcome run(String... arguments) throws IOException, InterruptedException {
    return run(List.of(), arguments);
  }

  /** Runs a command to its end, with one more setting. */
  public Outcome runWith(String setting, String... arguments)
      throws IOException, InterruptedException {
    return run(List.of(setting), arguments);
  }

  private Outcome run(List<String> settings, String... arguments)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    Process process = start(output, settings, arguments);
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("still running: " + String.join(" ", arguments));
    }
    return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }

  /** Starts a command and does not wait for its end. */
  public Process begin(String... arguments) throws IOException {
    return start(Files.createTempFile(folder, "output", ".txt"), List.of(), arguments);
  }

  /** Starts the service and waits until it answers. */
  public Process serve() throws IOException, InterruptedException {
    return serveWith();
  }

  /** The same, with more settings. */
  public Process serveWith(String... settings) throws IOException, InterruptedException {
    log = Files.createTempFile(folder, "serve", ".txt");
    Process process = start(log, List.of(settings));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (System.nanoTime() < deadline && process.isAlive()) {
      try {
        get("/v1/releases/latest");
        return process;
      } catch (ConnectException e) {
        var unused = process.waitFor(200, TimeUnit.MILLISECONDS);
      }
    }
    process.destroyForcibly();
    throw new IllegalStateException("the service does not answer: " + log());
  }

  /** Starts the service and waits until it says that it is ready, which is asked all the time. */
  public Process serveUntilReady(String... settings) throws IOException, InterruptedException {
    log = Files.createTempFile(folder, "serve", ".txt");
    Process process = start(log, List.of(settings));
    URI ready = URI.create("http://localhost:" + managementPort + "/q/health/ready");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        if (ask(HttpRequest.newBuilder(ready)).statusCode() == 200) {
          return process;
        }
      } catch (ConnectException e) {
        // not yet
      }
      var unused = process.waitFor(10, TimeUnit.MILLISECONDS);
    }
    process.destroyForcibly();
    throw new IllegalStateException("the service does not start: " + log());
  }

  /** Ends every process that was started and has not ended. */
  public void killAll() {
    started.forEach(Process::destroyForcibly);
  }

  /** What the service that was started last has printed. */
  public String log() throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  /** Where the service listens. */
  public URI address() {
    return URI.create("http://localhost:" + port);
  }

  public String get(String path) throws IOException, InterruptedException {
    return ask(path).body();
  }

  /** The entity tag of an answer. */
  public String tag(String path) throws IOException, InterruptedException {
    return ask(path).headers().firstValue("ETag").orElse("");
  }

  /** Asks with headers: name, value, name, value, … */
  public HttpResponse<String> ask(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address().resolve(path));
    return ask(headers.length == 0 ? request : request.headers(headers));
  }

  private HttpResponse<String> ask(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(
        request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** One value of the metrics; 0 where there is none. */
  public double metric(String name) throws IOException, InterruptedException {
    URI metrics = URI.create("http://localhost:" + managementPort + "/q/metrics");
    return ask(HttpRequest.newBuilder(metrics))
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private Process start(Path output, List<String> settings, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // A short life: half the processor time of a start goes into compiling what is hardly run.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add("-Dopendamir.database.folder=" + folder.resolve("data"));
    command.add("-Dquarkus.http.port=" + port);
    command.add("-Dquarkus.management.port=" + managementPort);
    command.addAll(settings);
    command.add("-jar");
    command.add(System.getProperty("quarkus.app.jar"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    started.add(process);
    return process;
  }
}
