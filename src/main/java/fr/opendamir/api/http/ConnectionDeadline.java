package fr.opendamir.api.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Time limit of one connection, below TLS and HTTP. Closes the connection if the client has opened
 * it or started sending and has received nothing within the limit, because its request never
 * becomes complete. Idle timeouts do not catch such clients: every byte that trickles in resets
 * them.
 *
 * <p>Counting bytes below TLS and HTTP puts handshakes, headers and bodies, in both HTTP versions,
 * under one rule. Connections that are idle between requests are left to the idle timeout.
 */
final class ConnectionDeadline extends ChannelDuplexHandler {
  private final long limit;
  private final int most;
  private final LongSupplier nanoTime;
  private ChannelHandlerContext context;
  private boolean isAsking;
  private boolean isOwed;
  private long owedSince;
  private Future<?> check;

  /**
   * Creates the deadline of a newly accepted connection.
   *
   * @param limit time from the first byte, or from opening the connection, to the first byte of the
   *     response
   * @param most maximum number of connections in total; see {@link LoopConnections}
   */
  ConnectionDeadline(Duration limit, int most) {
    this(limit, most, System::nanoTime);
  }

  /** Creates the same, by another clock. */
  ConnectionDeadline(Duration limit, int most, LongSupplier nanoTime) {
    this.limit = limit.toNanos();
    this.most = most;
    this.nanoTime = nanoTime;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    this.context = context;
    isOwed = true;
    owedSince = nanoTime.getAsLong();
    schedule(context, limit);
    LoopConnections.ofLoop().opened(this, most);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!isOwed) {
      isOwed = true;
      owedSince = nanoTime.getAsLong();
    }
    if (!isAsking) {
      isAsking = true;
      LoopConnections.ofLoop().asks(this);
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    isOwed = false;
    isAsking = false;
    LoopConnections.ofLoop().served(this);
    var unused = context.write(message, promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (check != null) {
      check.cancel(false);
      LoopConnections.ofLoop().closed(this);
    }
    context.fireChannelInactive();
  }

  /** Closes the connection to make room for a new one. */
  void close() {
    var unused = context.close();
  }

  /**
   * Schedules one task for the connection, rescheduled when it runs, so that requests need no
   * timers.
   */
  private void schedule(ChannelHandlerContext context, long delay) {
    check = context.executor().schedule(() -> check(context), delay, TimeUnit.NANOSECONDS);
  }

  private void check(ChannelHandlerContext context) {
    long left = isOwed ? limit - (nanoTime.getAsLong() - owedSince) : limit;
    if (left > 0) {
      schedule(context, left);
    } else {
      var unused = context.close();
    }
  }
}
