import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One HTTP/1.1 connection that asks one question after the other and times each from the first byte
 * sent to the last byte received.
 *
 * <p>A plain socket, because the threads of a full client would take part of the millisecond that a
 * covered question is allowed, and of the two cores that are measured.
 */
final class HttpConnection implements AutoCloseable {
  private static final int READ_LIMIT_MILLIS = 120_000;

  /** A header as it was sent. */
  record Header(String name, String value) {}

  /** What came back, and how long it took. */
  record Answer(int status, List<Header> headers, byte[] body, long nanos) {
    String header(String name) {
      return headers.stream()
          .filter(header -> header.name().equalsIgnoreCase(name))
          .map(Header::value)
          .findFirst()
          .orElse(null);
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    double millis() {
      return nanos / 1e6;
    }
  }

  private final int port;
  private Socket socket;
  private BufferedInputStream in;

  HttpConnection(int port) throws IOException {
    this.port = port;
    open();
  }

  /** Asks, and expects an answer of status 200. */
  Answer require(String path, String... headers) throws IOException {
    Answer answer = get(path, headers);
    if (answer.status() != 200) {
      throw new IOException(path + " gives " + answer.status() + ": " + answer.text());
    }
    return answer;
  }

  /**
   * Asks.
   *
   * @param headers lines without their end, such as {@code Accept-Encoding: gzip}
   */
  Answer get(String path, String... headers) throws IOException {
    return exchange("GET", path, new byte[0], headers);
  }

  /** Sends a body in JSON, and expects an answer of status 200. */
  Answer post(String path, String json) throws IOException {
    byte[] content = json.getBytes(StandardCharsets.UTF_8);
    Answer answer =
        exchange(
            "POST",
            path,
            content,
            "Content-Type: application/json",
            "Content-Length: " + content.length);
    if (answer.status() != 200) {
      throw new IOException(json + " gives " + answer.status() + ": " + answer.text());
    }
    return answer;
  }

  private Answer exchange(String method, String path, byte[] content, String... headers)
      throws IOException {
    String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    String line = method + " " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n";
    byte[] top = (line + lines + "\r\n").getBytes(StandardCharsets.UTF_8);
    byte[] request = Arrays.copyOf(top, top.length + content.length);
    System.arraycopy(content, 0, request, top.length, content.length);
    long start = System.nanoTime();
    socket.getOutputStream().write(request);
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    List<Header> received = new ArrayList<>();
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      received.add(new Header(header.substring(0, colon), header.substring(colon + 1).strip()));
    }
    Answer head = new Answer(status, received, new byte[0], 0);
    byte[] body = status == 304 || status == 204 ? new byte[0] : body(head);
    long nanos = System.nanoTime() - start;
    if ("close".equalsIgnoreCase(head.header("Connection"))) {
      close();
      open();
    }
    return new Answer(status, received, body, nanos);
  }

  private byte[] body(Answer head) throws IOException {
    String length = head.header("Content-Length");
    if (length != null) {
      return bytes(Integer.parseInt(length));
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.writeBytes(bytes(size));
      line();
    }
    line();
    return body.toByteArray();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line().split(";", 2)[0], 16);
  }

  private byte[] bytes(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the answer ends early");
    }
    return bytes;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection was closed");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private void open() throws IOException {
    socket = new Socket("localhost", port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(READ_LIMIT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
