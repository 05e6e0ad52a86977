package fr.opendamir.api.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Back-pressure of one connection. Netty copies everything written into direct memory at once,
 * however slowly the client reads; clients that do not read would fill that memory with a few
 * hundred large answers. Here answers wait uncopied, so that cached answers share the bytes in the
 * cache, and are passed on in slices as the client reads.
 *
 * <p>Waiting bytes are counted in {@link UnreadBytes}, and a client that reads nothing for a time
 * limit is disconnected. The handler sits between HTTP and TLS, so that nothing is encrypted in
 * advance.
 */
final class PacedWrites extends ChannelDuplexHandler {
  /** Bytes passed on at once. */
  static final int SLICE = 32 * 1024;

  private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(SLICE / 2, SLICE);

  private record Waiting(Object message, ChannelPromise promise) {
    long size() {
      return PacedWrites.size(message);
    }
  }

  private final UnreadBytes unread;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private ChannelHandlerContext context;
  private long waitingBytes;
  private int passedOn;
  private boolean isDraining;
  private boolean isClosed;
  private boolean isPlaced;
  private long lastProgress;
  private Future<?> check;

  PacedWrites(UnreadBytes unread) {
    this.unread = unread;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    this.context = context;
    context.channel().config().setWriteBufferWaterMark(WATER_MARK);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (!isPlaced && isMovedAboveTls(context)) {
      var unused = context.write(message, promise);
      return;
    }
    isPlaced = true;
    if (isClosed) {
      ReferenceCountUtil.release(message);
      promise.tryFailure(new ClosedChannelException());
      return;
    }
    if (waiting.isEmpty() && context.channel().isWritable() && size(message) <= SLICE) {
      var unused = context.write(message, promise);
      return;
    }
    if (waiting.isEmpty()) {
      begin();
    }
    waiting.add(new Waiting(message, promise));
    waitingBytes += size(message);
    unread.add(this, size(message));
    passOn();
  }

  /**
   * Moves this handler above TLS. The TLS handler is added behind this one, which becomes visible
   * with the first bytes it writes.
   */
  private boolean isMovedAboveTls(ChannelHandlerContext context) {
    ChannelHandlerContext tls = context.pipeline().context(SslHandler.class);
    if (tls == null) {
      return false;
    }
    PacedWrites above = new PacedWrites(unread);
    above.isPlaced = true;
    context.pipeline().addAfter(tls.name(), null, above);
    context.pipeline().remove(this);
    return true;
  }

  @Override
  public void flush(ChannelHandlerContext context) {
    if (waiting.isEmpty()) {
      context.flush();
    } else {
      drain();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (!waiting.isEmpty() && context.channel().isWritable()) {
      drain();
    }
    context.fireChannelWritabilityChanged();
  }

  /** Passes on and flushes as long as the client reads. */
  private void drain() {
    if (isDraining) {
      return;
    }
    isDraining = true;
    try {
      do {
        passOn();
        passedOn = 0;
        context.flush();
      } while (!waiting.isEmpty() && context.channel().isWritable());
    } finally {
      isDraining = false;
    }
  }

  /**
   * Passes on at most one slice before the next flush: until then TLS does not report that the
   * buffer is full.
   */
  private void passOn() {
    while (!waiting.isEmpty() && passedOn < SLICE && context.channel().isWritable()) {
      Waiting first = waiting.peek();
      lastProgress = System.nanoTime();
      if (first.message() instanceof ByteBuf bytes && bytes.readableBytes() > SLICE) {
        passedOn += SLICE;
        leaves(SLICE);
        var unused = context.write(bytes.readRetainedSlice(SLICE));
      } else {
        waiting.remove();
        int size = (int) Math.min(SLICE, first.size());
        passedOn += size;
        leaves(first.size());
        var unused = context.write(first.message(), first.promise());
      }
    }
    if (waiting.isEmpty()) {
      end();
    }
  }

  private void leaves(long bytes) {
    waitingBytes -= bytes;
    unread.remove(this, bytes);
  }

  private void begin() {
    lastProgress = System.nanoTime();
    unread.begins(this, context.channel());
    if (check == null) {
      schedule(unread.stallNanos());
    }
  }

  private void end() {
    unread.ends(this);
  }

  /** Schedules one task, rescheduled when it runs, as long as bytes wait. */
  private void schedule(long delay) {
    check = context.executor().schedule(this::check, delay, TimeUnit.NANOSECONDS);
  }

  private void check() {
    check = null;
    if (waiting.isEmpty()) {
      return;
    }
    long left = unread.stallNanos() - (System.nanoTime() - lastProgress);
    if (left > 0) {
      schedule(left);
    } else {
      unread.stalled();
      disconnect();
    }
  }

  /** Bytes waiting to be passed on. */
  long waitingBytes() {
    return waitingBytes;
  }

  /** Time of the last progress, on the clock of {@link System#nanoTime()}. */
  long lastProgress() {
    return lastProgress;
  }

  /** Closes the connection and discards the waiting bytes. */
  void disconnect() {
    discard();
    var unused = context.close();
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    discard();
    var unused = context.close(promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    discard();
    context.fireChannelInactive();
  }

  /**
   * Discards the waiting messages. Sets {@code isClosed} first, because listeners of discarded
   * messages may write again.
   */
  private void discard() {
    isClosed = true;
    if (check != null) {
      check.cancel(false);
      check = null;
    }
    if (waiting.isEmpty()) {
      return;
    }
    leaves(waitingBytes);
    end();
    List<Waiting> discarded = List.copyOf(waiting);
    waiting.clear();
    ClosedChannelException closed = new ClosedChannelException();
    for (Waiting one : discarded) {
      ReferenceCountUtil.release(one.message());
      one.promise().tryFailure(closed);
    }
  }

  private static long size(Object message) {
    if (message instanceof ByteBuf bytes) {
      return bytes.readableBytes();
    }
    // File content is sent from the file itself and takes no memory.
    return message instanceof FileRegion ? 0 : 1;
  }
}
