package fr.opendamir.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection that sends exactly the bytes it is told to, however little they are HTTP. */
public final class RawConnection implements AutoCloseable {
  private static final int MOST_AT_ONCE = 8;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration LONGEST_WORK = Duration.ofSeconds(5);
  private static final Pattern CONTENT_LENGTH =
      Pattern.compile("\r\ncontent-length: (\\d+)\r\n", Pattern.CASE_INSENSITIVE);

  private final Socket socket;

  private RawConnection(Socket socket) {
    this.socket = socket;
  }

  public static RawConnection to(URI address) throws IOException {
    return new RawConnection(new Socket(address.getHost(), address.getPort()));
  }

  /**
   * What is answered to these bytes, which may be nothing: until the other side closes, or is
   * silent for half a second behind an answer.
   */
  public static String exchange(URI address, String sent) throws IOException {
    try (RawConnection connection = to(address)) {
      return connection.send(sent).answer(Duration.ofMillis(500));
    }
  }

  /**
   * The one answer to these bytes, as soon as it is whole: for what is answered for certain, where
   * nothing is to be said of what comes after it.
   */
  public static String ask(URI address, String sent) throws IOException {
    try (RawConnection connection = to(address)) {
      return connection.send(sent).read(LIMIT, LIMIT, RawConnection::isWhole);
    }
  }

  private static boolean isWhole(String answer) {
    int body = answer.indexOf("\r\n\r\n") + 4;
    Matcher length = CONTENT_LENGTH.matcher(answer);
    return body >= 4
        && length.find()
        && length.start() < body
        && answer.length() >= body + Integer.parseInt(length.group(1));
  }

  /** What becomes of many things, each waiting in its turn for a server, at the same time. */
  public static <T, R> Map<T, R> atOnce(List<T> things, Attempt<T, R> attempt) {
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(MOST_AT_ONCE, things.size()));
    try {
      Map<T, Future<R>> started = new LinkedHashMap<>();
      for (T thing : things) {
        started.put(thing, threads.submit(() -> attempt.of(thing)));
      }
      Map<T, R> found = new LinkedHashMap<>();
      for (Map.Entry<T, Future<R>> one : started.entrySet()) {
        found.put(one.getKey(), one.getValue().get(LIMIT.toSeconds(), TimeUnit.SECONDS));
      }
      return found;
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** What may fail on the way to a server. */
  public interface Attempt<T, R> {
    R of(T thing) throws IOException;
  }

  /** Sends characters as bytes of the same number. */
  public RawConnection send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** What comes until the other side closes, or is silent for so long. */
  public String read(Duration silence) throws IOException {
    return read(silence, silence, any -> false);
  }

  /**
   * What is answered, however long it takes to begin, until the other side closes or is silent for
   * so long.
   */
  public String answer(Duration silence) throws IOException {
    return read(LONGEST_WORK, silence, any -> false);
  }

  private String read(Duration before, Duration silence, Predicate<String> isEnough)
      throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    socket.setSoTimeout((int) before.toMillis());
    byte[] buffer = new byte[8192];
    try {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        read.write(buffer, 0, count);
        if (isEnough.test(read.toString(ISO_8859_1))) {
          break;
        }
        socket.setSoTimeout((int) silence.toMillis());
      }
    } catch (SocketTimeoutException | SocketException e) {
      // silent, or reset: what came before counts
    }
    return read.toString(ISO_8859_1);
  }

  /** Whether the other side has closed, seen within a time of waiting for it. */
  public boolean isClosedWithin(Duration wait) throws IOException {
    socket.setSoTimeout((int) Math.max(1, wait.toMillis()));
    byte[] buffer = new byte[8192];
    try {
      int count = 0;
      while (count >= 0) {
        count = socket.getInputStream().read(buffer);
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
