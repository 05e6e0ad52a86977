package fr.opendamir.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server that starts a little later, and perhaps again on the same port after it died.
 * It is below the ports that systems give to clients (from 32768 on by Linux): one of these may be
 * taken meanwhile by any connection, even by that of a client that tries to reach the server.
 */
public final class FreePort {
  private static final int FIRST = 20_000;
  private static final int END = 32_000;

  private FreePort() {}

  /** A port at which nobody listens. */
  public static int next() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
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
