package fr.opendamir.api.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One connection below TLS and HTTP. Closes it where its client has begun to send, or only to
 * connect, and has got nothing for it within a time limit: its request never becomes complete. Idle
 * timeouts do not see such clients, as every byte that trickles in sets them back.
 *
 * <p>It counts bytes below TLS and HTTP, so that handshakes, heads and bodies, and both versions of
 * HTTP, are under one rule. What is idle between requests is left to the idle timeout.
 */
final class ConnectionDeadline extends ChannelDuplexHandler {
  private final long limit;
  private final int most;
  private ChannelHandlerContext context;
  private boolean isAsking;
  private boolean isOwed;
  private long owedSince;
  private Future<?> check;

  /**
   * A connection that was just accepted.
   *
   * @param limit from the first byte, or the opening, to what is answered
   * @param most that there may be of all connections; see {@link LoopConnections}
   */
  ConnectionDeadline(Duration limit, int most) {
    this.limit = limit.toNanos();
    this.most = most;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    this.context = context;
    isOwed = true;
    owedSince = System.nanoTime();
    schedule(context, limit);
    LoopConnections.ofLoop().opened(this, most);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!isOwed) {
      isOwed = true;
      owedSince = System.nanoTime();
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

  /** Makes room for another one. */
  void close() {
    var unused = context.close();
  }

  /** One task a connection, set again when it is due: requests cost no timers. */
  private void schedule(ChannelHandlerContext context, long delay) {
    check = context.executor().schedule(() -> check(context), delay, TimeUnit.NANOSECONDS);
  }

  private void check(ChannelHandlerContext context) {
    long left = isOwed ? limit - (System.nanoTime() - owedSince) : limit;
    if (left > 0) {
      schedule(context, left);
    } else {
      var unused = context.close();
    }
  }
}
