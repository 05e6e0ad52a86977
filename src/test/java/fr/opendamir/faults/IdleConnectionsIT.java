package fr.opendamir.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import fr.opendamir.testing.Eventually;
import fr.opendamir.testing.PackagedJar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten thousand connections from ten addresses that rest, every other one after a request, while a
 * reader opens one after the other. Both ends are on this machine, in two processes.
 */
class IdleConnectionsIT {
  private static final int CONNECTIONS = 10_000;
  private static final int ADDRESSES = 10;
  private static final Path OWN_LIMITS = Path.of("/proc/self/limits");
  private static final String ASKED = "/v1/measures";
  private static final String REQUEST = "GET " + ASKED + " HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** What a question waits at most; it takes a few milliseconds, but the machine may be busy. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Beyond what the service takes anyway, for its 4096 connections. */
  private static final long MEMORY_MB = 300;

  @TempDir Path folder;

  @Test
  void readersAreServedBesideTenThousandConnectionsThatRest() throws Exception {
    assumeThat(OWN_LIMITS).as("limits of descriptors are read from Linux").exists();
    assumeThat(descriptorLimit()).as("descriptors of a process").isGreaterThan(CONNECTIONS + 1000);
    PackagedJar jar = new PackagedJar(folder);
    Process service =
        jar.serveWith("-Dopendamir.demo.enabled=false", "-Dopendamir.access.enabled=false");
    List<SocketChannel> resting = new ArrayList<>();
    try {
      String answer = jar.get(ASKED);
      long memory = residentMb(service);
      long descriptors = descriptors(service);
      for (int i = 0; i < CONNECTIONS; i++) {
        resting.add(open(jar.address(), i));
        if (i % 200 == 0) {
          assertServed(jar.address(), answer);
        }
      }
      assertServed(jar.address(), answer);
      assertThat(jar.get(ASKED)).isEqualTo(answer);
      assertThat(residentMb(service) - memory).isLessThan(MEMORY_MB);
      assertThat(jar.metric("opendamir_connections_displaced_total"))
          .isGreaterThan(CONNECTIONS / 2.0);
      for (SocketChannel channel : resting) {
        channel.close();
      }
      Eventually.isTrue(
          Duration.ofSeconds(10),
          () -> "descriptors come back",
          () -> descriptors(service) <= descriptors + 20);
      assertServed(jar.address(), answer);
    } finally {
      for (SocketChannel channel : resting) {
        channel.close();
      }
      service.destroy();
      assertThat(service.waitFor(40, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static SocketChannel open(URI service, int number) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    channel.bind(new InetSocketAddress(loopback(1, 1 + number % ADDRESSES), 0));
    channel.connect(new InetSocketAddress(loopback(0, 1), service.getPort()));
    if (number % 2 == 0) {
      channel.write(ByteBuffer.wrap(REQUEST.getBytes(StandardCharsets.US_ASCII)));
    }
    return channel;
  }

  private static InetAddress loopback(int third, int fourth) throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, (byte) third, (byte) fourth});
  }

  /** A reader who is new each time. */
  private static void assertServed(URI service, String answer) throws IOException {
    long start = System.nanoTime();
    try (SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(loopback(0, 1), service.getPort()))) {
      channel.socket().setSoTimeout((int) PATIENCE.toMillis());
      String closing = REQUEST.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
      channel.socket().getOutputStream().write(closing.getBytes(StandardCharsets.US_ASCII));
      String read =
          new String(channel.socket().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(read).startsWith("HTTP/1.1 200").endsWith(answer);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
  }

  private static long descriptorLimit() throws IOException {
    return Files.readAllLines(OWN_LIMITS).stream()
        .filter(line -> line.startsWith("Max open files"))
        .map(line -> BLANKS.split(line, -1)[4])
        .mapToLong(hard -> hard.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(hard))
        .findFirst()
        .orElse(0);
  }

  private static long residentMb(Process service) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + service.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  private static long descriptors(Process service) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + service.pid() + "/fd"))) {
      return open.count();
    }
  }
}
