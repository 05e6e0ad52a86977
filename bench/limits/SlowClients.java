import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One caller that does not read, or reads slowly, within its limits, and what others notice of it:
 * 200 sockets that ask for large free answers and read nothing, four slow readers of all rows, and
 * five more requests a second that are not read, for as long as it is measured. Ends with status 1
 * where another caller waits too long, is refused, or a probe is not answered.
 *
 * <p>Arguments: port, management port, seconds.
 */
final class SlowClients {
  private static final int NON_READERS = 200;
  private static final int SLOW_READERS = 4;
  private static final String ATTACKER = "203.0.113.66";
  private static final String OTHER = "198.18.";
  private static final double CACHED_MILLIS = 250;
  private static final double QUESTION_MILLIS = 2_000;
  private static final double PROBE_MILLIS = 1_000;
  private static final String CACHED = "/v1/aggregates?group_by=region&measures=reimbursed";
  private static final String LARGE = "/v1/dimensions/service/codes";
  private static final String ALL_ROWS =
      "/v1/aggregates?group_by=service,region,age_band&format=csv&limit=all&labels=both";

  private final int port;
  private final int managementPort;
  private final int seconds;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Socket> sockets = new ArrayList<>();
  private final AtomicBoolean isOver = new AtomicBoolean();
  private final AtomicInteger refusedStreams = new AtomicInteger();
  private boolean isMissed;

  private SlowClients(String[] arguments) {
    this.port = Integer.parseInt(arguments[0]);
    this.managementPort = Integer.parseInt(arguments[1]);
    this.seconds = Integer.parseInt(arguments[2]);
  }

  public static void main(String[] arguments) throws Exception {
    new SlowClients(arguments).run();
  }

  private void run() throws Exception {
    warmUp();
    ExecutorService attackers = Executors.newCachedThreadPool();
    for (int i = 0; i < SLOW_READERS; i++) {
      attackers.execute(this::readSlowly);
    }
    for (int i = 0; i < NON_READERS; i++) {
      ask(LARGE, true);
    }
    attackers.execute(this::keepAsking);
    List<Double> cached = new ArrayList<>();
    List<Double> questions = new ArrayList<>();
    List<Double> probes = new ArrayList<>();
    AtomicInteger refused = new AtomicInteger();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (int i = 0; System.nanoTime() < end; i++) {
      String caller = OTHER + (i / 250 % 250) + "." + (i % 250); // each within its limits
      cached.add(millis(CACHED, caller, refused));
      if (i % 5 == 0) {
        String question = "/v1/aggregates?group_by=region,sex,month&having=reimbursed:ge:" + i;
        questions.add(millis(question, caller, refused));
        probes.add(probe("/q/health/live"));
        probes.add(probe("/q/metrics"));
      }
      Thread.sleep(20);
    }
    isOver.set(true);
    attackers.shutdownNow();
    for (Socket socket : List.copyOf(sockets)) {
      socket.close();
    }
    System.out.printf(
        "%d sockets that read nothing, %d slow readers of all rows (%d asked again), for %d s%n",
        NON_READERS, SLOW_READERS, refusedStreams.get(), seconds);
    tell("another caller's cached answer, p99", percentile(cached, 0.99), CACHED_MILLIS, "ms");
    tell("another caller's question, longest", percentile(questions, 1), QUESTION_MILLIS, "ms");
    tell("probes and metrics, longest", percentile(probes, 1), PROBE_MILLIS, "ms");
    tell("others' requests refused", refused.get(), 0, "of " + (cached.size() + questions.size()));
    System.exit(isMissed ? 1 : 0);
  }

  private void warmUp() throws Exception {
    for (int i = 0; i < 300; i++) {
      millis(CACHED, "192.0.2." + i % 200, new AtomicInteger());
      millis("/v1/aggregates?group_by=region,sex,month&having=reimbursed:le:" + i, "192.0.2." + i % 200, new AtomicInteger());
    }
  }

  private void tell(String what, double value, double most, String unit) {
    boolean isMet = value <= most;
    isMissed |= !isMet;
    System.out.printf(
        "%-40s %8.1f %s, at most %.0f: %s%n", what, value, unit, most, isMet ? "met" : "MISSED");
  }

  private static double percentile(List<Double> values, double share) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0
        ? Double.POSITIVE_INFINITY
        : sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  }

  private double millis(String path, String caller, AtomicInteger refused) throws Exception {
    long begin = System.nanoTime();
    int status = 0;
    try {
      status =
          client
              .send(
                  HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                      .header("X-Forwarded-For", caller)
                      .timeout(Duration.ofSeconds(30))
                      .build(),
                  BodyHandlers.discarding())
              .statusCode();
    } catch (IOException e) {
      // counted below
    }
    if (status != 200) {
      refused.incrementAndGet();
    }
    return (System.nanoTime() - begin) / 1e6;
  }

  private double probe(String path) throws Exception {
    long begin = System.nanoTime();
    try {
      HttpResponse<Void> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + path))
                  .timeout(Duration.ofSeconds(30))
                  .build(),
              BodyHandlers.discarding());
      if (answer.statusCode() != 200) {
        return Double.POSITIVE_INFINITY;
      }
    } catch (IOException e) {
      return Double.POSITIVE_INFINITY;
    }
    return (System.nanoTime() - begin) / 1e6;
  }

  /** As little as there can be under way: what is not read stays at the service. */
  private Socket ask(String path, boolean isKept) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4 * 1024);
    socket.connect(new InetSocketAddress("localhost", port));
    if (isKept) {
      synchronized (sockets) {
        sockets.add(socket);
      }
    }
    socket
        .getOutputStream()
        .write(
            ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: " + ATTACKER + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private void keepAsking() {
    while (!isOver.get()) {
      try {
        ask(LARGE, true);
        Thread.sleep(200);
      } catch (IOException e) {
        // refused: the next one
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** 5.5 kB a second; asks again where it is refused or cut off. */
  private void readSlowly() {
    byte[] buffer = new byte[550];
    while (!isOver.get()) {
      try (Socket socket = ask(ALL_ROWS, false)) {
        InputStream in = socket.getInputStream();
        for (int read = in.read(buffer); read >= 0 && !isOver.get(); read = in.read(buffer)) {
          String text = new String(buffer, 0, Math.min(read, 12), StandardCharsets.US_ASCII);
          if (text.startsWith("HTTP/1.1 4") || text.startsWith("HTTP/1.1 5")) {
            break;
          }
          Thread.sleep(100);
        }
      } catch (IOException e) {
        // cut off: the next one
      } catch (InterruptedException e) {
        return;
      }
      refusedStreams.incrementAndGet();
      try {
        Thread.sleep(1_000);
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
