package fr.opendamir.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port for a server that starts a little later, and perhaps again on the same port after it died.
 * It is below the ports that systems give to clients (from 32768 on by Linux): one of these may be
 * taken meanwhile by any connection, even by that of a client that tries to reach the server.
 */
public final class FreePort {
  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;

  /** One after the other, so that two servers that have yet to listen have two ports. */
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private FreePort() {}

  /** A port at which nobody listens, another one each time. */
  public static int next() {
    while (true) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      try (ServerSocket probe = new ServerSocket(port)) {
        return probe.getLocalPort();
      } catch (BindException e) {
        // another one, then
      } catch (IOException e) {
        throw new UncheckedIOException("no port can be opened", e);
      }
    }
  }
}
