package fr.opendamir.ingest.fetch;

import fr.opendamir.ingest.source.FileSignature;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The bytes of one file, over as many requests as it takes. */
final class Download {
  private static final int BUFFER = 1 << 16;

  /** An attempt that brought as much is no failure. */
  private static final long MUCH = 1 << 20;

  /** Twenty times a month: a server that never ends must not fill the disk. */
  private static final long LARGEST = 20_000_000_000L;

  private static final int MOST_RENEWALS = 2;
  private static final Set<Integer> EXPIRED = Set.of(401, 403, 404, 410);

  private final Web web;
  private final FetchSettings settings;
  private final FetchProgress progress;
  private final String name;
  private final PartialFile partial;
  private final Attempts attempts;

  Download(
      Web web, FetchSettings settings, FetchProgress progress, String name, PartialFile partial) {
    this.web = web;
    this.settings = settings;
    this.progress = progress;
    this.name = name;
    this.partial = partial;
    this.attempts = new Attempts(name, settings.waits());
  }

  /**
   * Brings the partial file to its end.
   *
   * @param mayBeText whether a file that is not compressed will do
   * @throws FetchException if the server has no such file, or fails again and again
   */
  void run(Link link, boolean mayBeText) {
    URI address = link.address();
    int renewals = 0;
    while (!partial.isComplete()) {
      long before = partial.size();
      try {
        String refusal = attempt(address, mayBeText);
        if (refusal.isEmpty()) {
          return;
        }
        Optional<URI> renewed = renewals++ < MOST_RENEWALS ? link.renewed() : Optional.empty();
        address = renewed.orElseThrow(() -> new FetchException(name + " " + refusal));
        progress.message(name + ": the link has expired, taking a new one");
      } catch (IOException e) {
        if (partial.size() - before >= MUCH) {
          attempts.succeeded();
          renewals = 0;
        }
        progress.message(
            "%s: %s; %,d bytes have arrived".formatted(name, Web.reason(e), partial.size()));
        attempts.failed(e);
      }
    }
  }

  /**
   * Asks once, for what is missing.
   *
   * @return why there is no file behind this address; empty if the file is complete
   */
  private String attempt(URI address, boolean mayBeText) throws IOException {
    HttpResponse<InputStream> response = web.get(address, headers());
    try (InputStream body = new WatchedStream(response.body(), settings)) {
      int status = response.statusCode();
      if (RefusedForNowException.isFor(status)) {
        throw new RefusedForNowException(response);
      }
      if (EXPIRED.contains(status)) {
        return "is not there: " + Web.shown(address) + " answers " + status;
      }
      if (status == 206) {
        goOn(response, body);
        return "";
      }
      if (status == 416) {
        throw anotherFile();
      }
      if (status != 200) {
        throw new FetchException(
            name + " cannot be had: " + Web.shown(address) + " answers " + status);
      }
      return begin(response, body, mayBeText);
    }
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    if (partial.size() > 0) {
      headers.put("Range", "bytes=" + partial.size() + "-");
      if (!partial.validator().isEmpty()) {
        headers.put("If-Range", partial.validator());
      }
    }
    return headers;
  }

  private String begin(HttpResponse<InputStream> response, InputStream body, boolean mayBeText)
      throws IOException {
    byte[] start = body.readNBytes(FileSignature.LENGTH);
    // What has arrived stays until it is sure that this is the file again, and no page.
    String other = whatElse(start, mayBeText);
    if (other.isEmpty()) {
      OptionalLong total = response.headers().firstValueAsLong("Content-Length");
      partial.begin(validator(response), total);
      copy(start, body, total);
    }
    return other;
  }

  private static String whatElse(byte[] start, boolean mayBeText) {
    if (FileSignature.isGzip(start) || (mayBeText && FileSignature.isZip(start))) {
      return "";
    }
    if (start.length == 0) {
      return "is empty (0 bytes)";
    }
    return FileSignature.problem(start)
        .orElse(mayBeText ? "" : "is not compressed with gzip, as monthly files are");
  }

  private void goOn(HttpResponse<InputStream> response, InputStream body) throws IOException {
    ContentRange range = ContentRange.of(response);
    boolean isSameSize = range.total().isPresent() && range.total().equals(partial.total());
    boolean isSameFile = isSameSize || (range.total().isEmpty() && !partial.validator().isEmpty());
    if (range.first() != partial.size() || !isSameFile) {
      throw anotherFile();
    }
    copy(new byte[0], body, range.total());
  }

  private IOException anotherFile() {
    partial.discard();
    return new IOException("the server has another file than before; starting again");
  }

  private void copy(byte[] start, InputStream body, OptionalLong total) throws IOException {
    requireRoom(total.orElse(0) - partial.size());
    partial.write(start, start.length);
    long size = partial.size();
    byte[] buffer = new byte[BUFFER];
    for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
      partial.write(buffer, read);
      size += read;
      if (size > LARGEST) {
        throw new FetchException(name + " has more than 20 GB, which no monthly file has");
      }
      progress.received(name, size, total);
    }
    if (total.isPresent() && total.getAsLong() != size) {
      throw new IOException("%,d bytes came instead of %,d".formatted(size, total.getAsLong()));
    }
    partial.sync();
  }

  private void requireRoom(long bytes) {
    long room = partial.room();
    if (bytes > room) {
      throw new FetchException(
          "%s needs %,d bytes more, and the disk has %,d: make room there, or name another folder"
              .formatted(name, bytes, room));
    }
  }

  /** What the server calls this version, in a form that If-Range accepts. */
  private static String validator(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("ETag")
        .filter(tag -> !tag.startsWith("W/"))
        .or(() -> response.headers().firstValue("Last-Modified"))
        .orElse("");
  }
}
