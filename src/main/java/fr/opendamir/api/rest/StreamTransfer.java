package fr.opendamir.api.rest;

import fr.opendamir.format.RowEncoder;
import fr.opendamir.query.AnswerStream;
import fr.opendamir.query.ResultRow;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerHttpResponse;

/**
 * Moves one answer from the database to its reader: takes some rows, writes them, and takes the
 * next when the network has taken these. What a reader does not read stays in the database.
 *
 * <p>An answer that cannot be finished is never ended: the connection is reset, so that the reader
 * does not take a part for the whole.
 */
final class StreamTransfer {
  private static final Logger LOG = Logger.getLogger(StreamTransfer.class);

  private final AnswerStream answer;
  private final RowEncoder encoder;
  private final StreamAccount account;
  private final ResteasyReactiveRequestContext context;
  private final ServerHttpResponse response;
  private final Vertx vertx;
  private final StreamPace pace;
  private final long began = System.nanoTime();
  private final AtomicBoolean isOver = new AtomicBoolean();
  private final AtomicLong sent = new AtomicLong();
  private long bytes;

  StreamTransfer(
      StreamedAnswer body, ResteasyReactiveRequestContext context, Vertx vertx, StreamPace pace) {
    this.answer = body.answer();
    this.encoder = body.encoder();
    this.account = body.account();
    this.context = context;
    this.response = context.serverResponse();
    this.vertx = vertx;
    this.pace = pace;
  }

  void start() {
    context.suspend();
    response.setChunked(true);
    response.addCloseHandler(this::stop);
    if (response.closed()) {
      stop(); // gone before anyone listened
    } else {
      take();
    }
  }

  private void take() {
    if (isOver.get()) {
      return; // the connection closed while the last rows were on their way
    }
    var unused = answer.next().subscribe().with(this::write, this::fail);
  }

  private void write(List<ResultRow> rows) {
    if (isOver.get()) {
      return;
    }
    if (rows.isEmpty()) {
      finish();
      return;
    }
    byte[] part;
    try {
      part = encoder.write(AnswerTables.rows(rows));
    } catch (RuntimeException e) {
      fail(e); // nobody else would hear of it, and the place be lost
      return;
    }
    long timer = vertx.setTimer(millisLeft(), id -> cutOff());
    response.write(
        part,
        failure -> {
          vertx.cancelTimer(timer);
          if (failure == null) {
            bytes += part.length;
            account.place().reached((double) sent.addAndGet(rows.size()) / answer.total());
            take();
          } else {
            stop();
          }
        });
  }

  private void finish() {
    if (over()) {
      response.end(encoder.end());
      context.resume();
    }
  }

  private void fail(Throwable failure) {
    if (over()) {
      account.exchange().aborted();
      LOG.warn("an answer could not be finished; its connection is reset", failure);
      response.reset();
      context.resume();
    }
  }

  /** Until the client is too slow, or the answer has taken too long. */
  private long millisLeft() {
    long left = pace.nanosLeft(System.nanoTime() - began, bytes);
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(Math.min(left, account.place().nanosLeft())));
  }

  /** A client that reads too slowly would keep a connection of the database from the others. */
  private void cutOff() {
    if (over()) {
      account.exchange().aborted();
      LOG.infof("a client read %d rows, too slowly; its connection is reset", sent.get());
      response.reset();
      context.resume();
    }
  }

  private void stop() {
    if (over()) {
      account.exchange().aborted();
      context.resume();
    }
  }

  /** Whether this call ends the transfer; only one does. */
  private boolean over() {
    boolean isFirst = isOver.compareAndSet(false, true);
    if (isFirst) {
      account.settle(sent.get());
      var unused =
          answer
              .close()
              .onTermination()
              .invoke(account.place()::end)
              .subscribe()
              .with(done -> {}, failure -> LOG.warn("an answer could not be closed", failure));
    }
    return isFirst;
  }
}
