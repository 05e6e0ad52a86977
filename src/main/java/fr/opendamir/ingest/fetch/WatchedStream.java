package fr.opendamir.ingest.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The body of an answer, which fails if it comes too slowly: the client's own time limit ends with
 * the headers.
 */
final class WatchedStream extends FilterInputStream {
  private static final ScheduledExecutorService WATCH =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "slow-downloads");
            thread.setDaemon(true);
            return thread;
          });

  private final AtomicLong arrived = new AtomicLong();
  private final Future<?> watch;
  private volatile boolean tooSlow;

  /** Watches a body: in each span of the time limit the slowest rate has to be reached. */
  WatchedStream(InputStream body, FetchSettings settings) {
    super(body);
    long millis = settings.timeout().toMillis();
    long least = settings.slowestRate() * millis / 1000;
    watch =
        WATCH.scheduleAtFixedRate(
            () -> {
              if (arrived.getAndSet(0) < least) {
                tooSlow = true;
                closeBody();
              }
            },
            millis,
            millis,
            TimeUnit.MILLISECONDS);
  }

  private void closeBody() {
    try {
      in.close();
    } catch (IOException e) {
      // The reader fails for the same reason, and says so.
      tooSlow = true;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int from, int length) throws IOException {
    try {
      int read = super.read(buffer, from, length);
      if (read > 0) {
        arrived.addAndGet(read);
      }
      if (tooSlow && read < 0) {
        throw new IOException("closed");
      }
      return read;
    } catch (IOException e) {
      if (tooSlow) {
        HttpTimeoutException slow = new HttpTimeoutException("too slow");
        slow.initCause(e);
        throw slow;
      }
      throw new IOException("the connection was cut", e);
    }
  }

  @Override
  public void close() throws IOException {
    watch.cancel(false);
    super.close();
  }
}
