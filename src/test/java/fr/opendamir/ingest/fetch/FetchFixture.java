package fr.opendamir.ingest.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Downloads with short times, and what they said. */
final class FetchFixture implements FetchProgress {
  /** In which the imitation publishes. */
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-02-10T00:00:00Z"), ZoneOffset.UTC);

  /** Short, but longer than a busy machine pauses in the middle of a download. */
  private static final Duration SILENCE = Duration.ofMillis(1200);

  private static final List<Duration> WAITS =
      List.of(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3));

  final List<String> messages = new CopyOnWriteArrayList<>();
  final List<String> received = new CopyOnWriteArrayList<>();

  /** A gzip file of some 40 KB whose bytes do not repeat. */
  static byte[] month(String name) {
    byte[] text = new byte[40_000];
    new Random(name.hashCode()).nextBytes(text);
    return gzip(text);
  }

  static byte[] gzip(byte[] text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  Fetch fetch(String page) {
    return fetch(page, WAITS);
  }

  Fetch fetch(String page, List<Duration> waits) {
    return new Fetch(
        new FetchSettings(
            page,
            "open-damir-api/1 (+mailto:ada@example.org)",
            Duration.ZERO,
            SILENCE,
            1000,
            waits),
        this,
        NOW);
  }

  /** Names of all files of a folder, hidden ones too. */
  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Override
  public void received(String name, long bytes, OptionalLong total) {
    received.add(name + " " + bytes + "/" + total.orElse(-1));
  }

  @Override
  public void checking(String name, double share) {}

  @Override
  public void done(FetchedFile file) {}

  @Override
  public void message(String text) {
    messages.add(text);
  }
}
