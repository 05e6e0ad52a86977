package fr.opendamir.api.http;

import io.micrometer.core.instrument.Metrics;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/**
 * Watches how fast a client reads a file. The server reads the file as the socket accepts bytes, so
 * no bytes wait that {@link UnreadBytes} would count; without a rule of its own, a client could
 * hold a file open for days by reading a byte a minute.
 *
 * <p>Confined to the event loop of the connection.
 */
public final class FileProgress {
  /** Milliseconds between two looks. */
  private static final long INTERVAL = 1_000;

  /** HTTP/2: the stream is no longer needed. */
  private static final long CANCEL = 8;

  private final RoutingContext context;
  private final StreamPace pace;
  private final Counter counter = new Counter();
  private final long begin = System.nanoTime();
  private long last;
  private long lastProgress = begin;
  private long timer;
  private boolean isOver;

  /** Counts the bytes of a connection that its socket accepts, at most a buffer before they go. */
  private static final class Counter extends ChannelOutboundHandlerAdapter {
    private long bytes;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      if (message instanceof ByteBuf buffer) {
        bytes += buffer.readableBytes();
      } else if (message instanceof FileRegion region) {
        bytes += region.count();
      }
      var unused = context.write(message, promise);
    }
  }

  private FileProgress(RoutingContext context, StreamPace pace) {
    this.context = context;
    this.pace = pace;
  }

  /** Starts to watch a response whose body is about to be sent. */
  public static FileProgress watch(RoutingContext context, StreamPace pace) {
    FileProgress progress = new FileProgress(context, pace);
    if (!progress.isHttp2()) {
      progress.channel().pipeline().addFirst(progress.counter);
    }
    progress.schedule();
    return progress;
  }

  private Channel channel() {
    return ((ConnectionBase) context.request().connection()).channel();
  }

  private void schedule() {
    long delay = Math.max(1, Math.min(INTERVAL, pace.stallLimit().toMillis() / 4));
    timer = context.vertx().setTimer(delay, id -> check());
  }

  private void check() {
    if (isOver) {
      return;
    }
    long now = System.nanoTime();
    long sent = sent();
    if (sent > last) {
      last = sent;
      lastProgress = now;
    }
    boolean isStalled = now - lastProgress >= pace.stallLimit().toNanos();
    if (isStalled || pace.nanosLeft(now - begin, sent) <= 0) {
      cutOff();
    } else {
      schedule();
    }
  }

  /**
   * Resets the connection, so that a client does not mistake a part for the whole. Closing it as
   * usual would wait until the client has read what was written.
   */
  private void cutOff() {
    isOver = true;
    Metrics.counter("opendamir.connections.stalled").increment();
    if (!isHttp2() || !context.response().reset(CANCEL)) {
      channel().config().setOption(ChannelOption.SO_LINGER, 0);
      var unused = channel().pipeline().firstContext().close();
    }
  }

  private boolean isHttp2() {
    return context.request().version() == HttpVersion.HTTP_2;
  }

  /** Bytes that the connection accepted since the start. */
  public long sent() {
    return isHttp2() ? context.response().bytesWritten() : counter.bytes;
  }

  /** Stops watching. */
  public void end() {
    isOver = true;
    var unused = context.vertx().cancelTimer(timer);
    if (channel().pipeline().context(counter) != null) {
      channel().pipeline().remove(counter);
    }
  }
}
