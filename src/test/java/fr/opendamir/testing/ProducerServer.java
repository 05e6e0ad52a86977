package fr.opendamir.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An imitation of the producer's site on this machine: a page a year, links with the token of a
 * session, an HTML page where the token has expired, and all that goes wrong on the way.
 */
public final class ProducerServer implements AutoCloseable {
  /** What the site does once, in the place of sending a file properly. */
  @FunctionalInterface
  public interface Fault {
    void answer(HttpExchange exchange, byte[] file) throws IOException;
  }

  private static final String EXPIRED =
      "<!DOCTYPE html><html><body>Votre session a expir\u00e9.</body></html>";

  /** Requests in their order: what was asked for, with the range. */
  public final List<String> requests = new CopyOnWriteArrayList<>();

  /** What the site does with the next requests for files. */
  public final Deque<Fault> faults = new ConcurrentLinkedDeque<>();

  /** What it does with the next requests for pages. */
  public final Deque<Fault> pageFaults = new ConcurrentLinkedDeque<>();

  /** All User-Agent headers. */
  public final List<String> agents = new CopyOnWriteArrayList<>();

  /** Whether parts of files can be had. */
  public volatile boolean hasRanges = true;

  /** The entity tag of files; empty for none. */
  public volatile String tag = "\"v1\"";

  /** The token that works at the moment. */
  public volatile String token = "5e551017";

  /** The token that pages show, where it is another one. */
  public volatile String shownToken = "";

  private final Map<String, byte[]> files = new TreeMap<>();
  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger inWork = new AtomicInteger();
  private final AtomicInteger mostInWork = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  /** Starts the site. */
  public ProducerServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/depenses/download.php", exchange -> serve(exchange, this::page));
    server.createContext("/depenses/download_file.php", exchange -> serve(exchange, this::file));
    server.createContext("/files/", exchange -> serve(exchange, this::plainFile));
    server.createContext(
        "/moved/",
        exchange ->
            serve(
                exchange,
                e -> redirect(e, e.getRequestURI().getPath().replace("/moved/", "/files/"))));
    server.start();
  }

  /** The address of a path. */
  public String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** The setting of the pages. */
  public String page() {
    return address("/depenses/download.php?Dir_Rep=Open_DAMIR&Annee={year}");
  }

  /** The greatest number of requests that were answered at the same time. */
  public int mostAtOnce() {
    return mostInWork.get();
  }

  /** Publishes a file under its name. */
  public void publish(String name, byte[] file) {
    synchronized (files) {
      files.put(name, file);
    }
  }

  /** Shows another page for a year. */
  public void changePage(int year, String html) {
    pages.put(String.valueOf(year), html);
  }

  /**
   * Sends the beginning of a file and closes the connection.
   *
   * @param part where the client writes: a failure overtakes what has arrived and was not read yet
   */
  public static Fault cutAfter(int bytes, Path part) {
    return (exchange, file) -> {
      exchange.sendResponseHeaders(200, file.length);
      exchange.getResponseBody().write(file, 0, bytes);
      exchange.getResponseBody().flush();
      Eventually.isTrue(() -> Files.exists(part) && Files.size(part) >= bytes);
      exchange.close();
    };
  }

  /** Sends the beginning of a file and then a few bytes a second. */
  public Fault slowAfter(int bytes) {
    return (exchange, file) -> {
      exchange.sendResponseHeaders(200, file.length);
      OutputStream out = exchange.getResponseBody();
      out.write(file, 0, bytes);
      for (int next = bytes; next < file.length && !isOver(); next++) {
        out.write(file, next, 1);
        out.flush();
      }
    };
  }

  /** Sends the beginning of a file, or nothing at all, and then stays silent. */
  public Fault silentAfter(int bytes) {
    return (exchange, file) -> {
      if (bytes > 0) {
        exchange.sendResponseHeaders(200, file.length);
        exchange.getResponseBody().write(file, 0, bytes);
        exchange.getResponseBody().flush();
      }
      await(60_000);
    };
  }

  /** Answers with a status, and headers by name and value. */
  public static Fault status(int status, String... headers) {
    return (exchange, file) -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
    };
  }

  /** Sends other bytes, without telling how many. */
  public static Fault bytes(byte[] bytes) {
    return (exchange, file) -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(bytes);
    };
  }

  private boolean isOver() throws IOException {
    return await(40);
  }

  private boolean await(long millis) throws IOException {
    try {
      return over.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  private void serve(HttpExchange exchange, Handler handler) throws IOException {
    mostInWork.accumulateAndGet(inWork.incrementAndGet(), Math::max);
    try (exchange) {
      agents.add(String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent")));
      handler.handle(exchange);
    } finally {
      inWork.decrementAndGet();
    }
  }

  private void page(HttpExchange exchange) throws IOException {
    String year = parameter(exchange, "Annee");
    requests.add("page " + year);
    Fault fault = pageFaults.poll();
    if (fault != null) {
      fault.answer(exchange, new byte[0]);
      return;
    }
    String html = pages.getOrDefault(year, pageOf(year));
    if (html.isEmpty()) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    exchange.getResponseHeaders().add("Content-Type", "text/html; charset=iso-8859-1");
    exchange.getResponseHeaders().add("Set-Cookie", "PHPSESSID=abc; path=/");
    send(exchange, html.getBytes(ISO_8859_1));
  }

  private String pageOf(String year) {
    StringBuilder rows = new StringBuilder();
    synchronized (files) {
      for (String name : files.keySet()) {
        if (name.contains(year)) {
          rows.append(
              "<tr><td data-label=\"fichier\"><a href=\"./download_file.php?token=%s&file=Open_DAMIR/%s\">%s</a></td></tr>\n"
                  .formatted(shownToken.isEmpty() ? token : shownToken, name, name));
        }
      }
    }
    return rows.isEmpty()
        ? ""
        : "<html><head><title>D\u00e9penses</title></head><body><a href=\"index.php\">Retour</a><table>"
            + rows
            + "</table></body></html>";
  }

  private void file(HttpExchange exchange) throws IOException {
    boolean hasSession =
        String.valueOf(exchange.getRequestHeaders().getFirst("Cookie")).contains("PHPSESSID=abc");
    if (!hasSession || !token.equals(parameter(exchange, "token"))) {
      requests.add("expired");
      exchange.getResponseHeaders().add("Content-Type", "application/octet-stream");
      send(exchange, EXPIRED.getBytes(ISO_8859_1));
      return;
    }
    send(exchange, parameter(exchange, "file").replace("Open_DAMIR/", ""));
  }

  private void plainFile(HttpExchange exchange) throws IOException {
    send(exchange, exchange.getRequestURI().getPath().replace("/files/", ""));
  }

  private void send(HttpExchange exchange, String name) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    String condition = exchange.getRequestHeaders().getFirst("If-Range");
    requests.add(
        name + (range == null ? "" : " " + range) + (condition == null ? "" : " if " + condition));
    byte[] file;
    synchronized (files) {
      file = files.get(name);
    }
    Fault fault = faults.poll();
    if (!tag.isEmpty()) {
      exchange.getResponseHeaders().add("ETag", tag);
    }
    if (fault != null) {
      fault.answer(exchange, file);
    } else if (file == null) {
      exchange.sendResponseHeaders(404, -1);
    } else if (range != null && hasRanges && (condition == null || condition.equals(tag))) {
      sendPart(exchange, file, Integer.parseInt(range.replaceAll("\\D", "")));
    } else {
      send(exchange, file);
    }
  }

  private static void sendPart(HttpExchange exchange, byte[] file, int from) throws IOException {
    if (from >= file.length) {
      exchange.getResponseHeaders().add("Content-Range", "bytes */" + file.length);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    exchange
        .getResponseHeaders()
        .add("Content-Range", "bytes %d-%d/%d".formatted(from, file.length - 1, file.length));
    byte[] rest = Arrays.copyOfRange(file, from, file.length);
    exchange.sendResponseHeaders(206, rest.length);
    exchange.getResponseBody().write(rest);
  }

  private static void send(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static void redirect(HttpExchange exchange, String location) throws IOException {
    exchange.getResponseHeaders().add("Location", location);
    exchange.sendResponseHeaders(302, -1);
  }

  private static String parameter(HttpExchange exchange, String name) {
    for (String pair : exchange.getRequestURI().getQuery().split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    return "";
  }

  @Override
  public void close() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
