package fr.opendamir.api.rest;

import fr.opendamir.api.http.StreamPace;
import fr.opendamir.format.RowEncoder;
import fr.opendamir.query.AnswerStream;
import fr.opendamir.query.ResultRow;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerHttpResponse;

/**
 * Transfers one answer from the database to the client: fetches a batch of rows, writes it, and
 * fetches the next one when the network has accepted the first. Rows that the client does not read
 * stay in the database.
 *
 * <p>If an answer cannot be completed, the client gets a problem as long as nothing has been sent
 * (Parquet files are sent at the end). Later the connection is reset instead of ending the
 * response, so that the client does not mistake a part for the complete answer.
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
  private OptionalLong began = OptionalLong.empty();
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
    response.addCloseHandler(this::stop);
    Context ofRequest = vertx.getOrCreateContext();
    account.place().onRevoked(() -> ofRequest.runOnContext(done -> giveWay()));
    if (response.closed()) {
      stop(); // the client left before the handler was registered
    } else {
      take();
    }
  }

  private void take() {
    if (isOver.get()) {
      return; // the connection closed while the last rows were being fetched
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
    encode(
        () -> encoder.write(AnswerTables.rows(rows)),
        part ->
            send(
                part,
                () -> {
                  account.place().reached((double) sent.addAndGet(rows.size()) / answer.total());
                  take();
                }));
  }

  /** Sends the bytes after the last row, part by part. */
  private void finish() {
    encode(
        encoder::end,
        part -> {
          if (part.length > 0) {
            send(part, this::finish);
          } else {
            // The slot is free before the client sees the end: it may ask for the next answer.
            over(
                () -> {
                  response.end();
                  context.resume();
                });
          }
        });
  }

  /** Encodes on a thread that may block, then goes on in the context of the request. */
  private void encode(Supplier<byte[]> step, Consumer<byte[]> next) {
    var unused =
        vertx
            .executeBlocking(
                () -> {
                  synchronized (encoder) { // not after it is closed
                    return isOver.get() ? RowEncoder.NOTHING : step.get();
                  }
                },
                false)
            .onComplete(
                part -> {
                  if (!isOver.get()) {
                    next.accept(part);
                  }
                },
                this::fail);
  }

  private void send(byte[] part, Runnable next) {
    if (part.length == 0) {
      next.run();
      return;
    }
    if (bytes == 0) {
      response.setChunked(true); // and not before: a problem in its place is not
    }
    long timer = vertx.setTimer(millisLeft(), id -> cutOff());
    response.write(
        part,
        failure -> {
          vertx.cancelTimer(timer);
          if (failure == null) {
            bytes += part.length;
            next.run();
          } else {
            stop();
          }
        });
  }

  private void fail(Throwable failure) {
    if (!over()) {
      return;
    }
    if (response.headWritten()) {
      account.exchange().aborted();
      LOG.warn("an answer could not be finished; its connection is reset", failure);
      response.reset();
      context.resume();
    } else {
      context.resume(failure); // answered as a problem
    }
  }

  /** Milliseconds until the client is too slow or the answer has taken too long. */
  private long millisLeft() {
    long now = System.nanoTime();
    if (began.isEmpty()) {
      began = OptionalLong.of(now); // some formats send nothing before the last row is encoded
    }
    long left = pace.nanosLeft(now - began.getAsLong(), bytes);
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(Math.min(left, account.place().nanosLeft())));
  }

  /** Aborts the transfer: a client that reads too slowly would keep its rows in the engine. */
  private void cutOff() {
    abort("too slowly");
  }

  /** Aborts the transfer, because another client waits for the place. */
  private void giveWay() {
    abort("more slowly than others, and another client needs its place");
  }

  private void abort(String reason) {
    if (over()) {
      account.exchange().aborted();
      LOG.infof("a client read %d rows, %s; its connection is reset", sent.get(), reason);
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

  /** Ends the transfer; true for the first call only. */
  private boolean over() {
    return over(() -> {});
  }

  /**
   * Ends the transfer.
   *
   * @param released called when the stream slot is free
   */
  private boolean over(Runnable released) {
    boolean isFirst = isOver.compareAndSet(false, true);
    if (isFirst) {
      account.settle(sent.get());
      encoder.cancel();
      close(encoder);
      var unused =
          answer
              .close()
              .onTermination()
              .invoke(account.place()::end)
              .onFailure()
              .invoke(failure -> LOG.warn("an answer could not be closed", failure))
              .onFailure()
              .recoverWithNull()
              .subscribe()
              .with(done -> released.run());
    }
    return isFirst;
  }

  private void close(RowEncoder used) {
    var unused =
        vertx
            .executeBlocking(
                () -> {
                  synchronized (used) {
                    used.close();
                  }
                  return null;
                },
                false)
            .onFailure(failure -> LOG.warn("an encoder could not be closed", failure));
  }
}
