package fr.opendamir.distributed;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service as a process of its own, on a free port. */
final class RunningService implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^ ]*:(\\d+)");

  private final Process process;
  private final String address;
  private final HttpClient client = HttpClient.newHttpClient();

  /**
   * What the service answered.
   *
   * @param retryAfter the header, or an empty text
   */
  record Reply(int status, String body, String retryAfter, long millis) {
    /** The first line that says what it is, for people. */
    String told() {
      String told = status == 200 ? body.length() + " characters" : body.replaceAll("\\s+", " ");
      return status
          + (retryAfter.isEmpty() ? "" : ", Retry-After " + retryAfter)
          + ", "
          + millis
          + " ms: "
          + told.substring(0, Math.min(told.length(), 160));
    }
  }

  private RunningService(Process process, int port) {
    this.process = process;
    this.address = "http://127.0.0.1:" + port;
  }

  /**
   * Starts a service and waits until it answers.
   *
   * @param log where it writes
   * @param settings by name
   * @param secrets settings that are passed as variables of the environment
   */
  static RunningService start(
      Path jar, Path log, Map<String, String> settings, Map<String, String> secrets)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("-Xmx384m");
    command.add("-Dquarkus.http.host=127.0.0.1");
    command.add("-Dquarkus.http.port=0");
    command.add("-Dquarkus.management.port=0");
    command.add("-Dopendamir.access.enabled=false");
    settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(List.of("-jar", jar.toString()));
    File output = log.toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
    builder.environment().putAll(secrets);
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    long end = System.nanoTime() + START.toNanos();
    while (true) {
      Matcher listening = LISTENING.matcher(Files.readString(log));
      if (listening.find()) {
        return new RunningService(process, Integer.parseInt(listening.group(1)));
      }
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new IOException("the service does not start: see " + log);
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /** Asks without waiting; {@code path} is an address below the service. */
  CompletableFuture<Reply> ask(String path) {
    long begin = System.nanoTime();
    return client
        .sendAsync(
            HttpRequest.newBuilder(URI.create(address + path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .thenApply(
            response ->
                new Reply(
                    response.statusCode(),
                    response.body(),
                    response.headers().firstValue("Retry-After").orElse(""),
                    (System.nanoTime() - begin) / 1_000_000));
  }

  /** Asks until the releases are served. */
  void awaitReleases() throws InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (ask("/v1/releases/latest").join().status() != 200) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("no release is served");
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /** Lets it end: a database that it started ends with it. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
