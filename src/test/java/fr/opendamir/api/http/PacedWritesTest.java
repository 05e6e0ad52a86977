package fr.opendamir.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.AttributeKey;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacedWritesTest {
  private static final int NEVER_WRITABLE = 1;

  private final UnreadBytes unread = new UnreadBytes(1_000_000, 200_000, Duration.ofSeconds(60));
  private final EmbeddedChannel channel = channel();

  private EmbeddedChannel channel() {
    EmbeddedChannel opened = new EmbeddedChannel(new PacedWrites(unread));
    opened.attr(AttributeKey.valueOf(UnreadBytes.class, "caller")).set("caller");
    return opened;
  }

  private static void stopReading(EmbeddedChannel channel) {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(NEVER_WRITABLE, false);
  }

  private static void readAgain(EmbeddedChannel channel) {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(NEVER_WRITABLE, true);
    channel.runPendingTasks();
  }

  private static void write(EmbeddedChannel channel, int bytes) {
    var unused = channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[bytes]));
  }

  private static byte[] received(EmbeddedChannel channel) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      assertThat(part.readableBytes()).isLessThanOrEqualTo(PacedWrites.SLICE);
      all.writeBytes(ByteBufUtil.getBytes(part));
      part.release();
    }
    return all.toByteArray();
  }

  @Test
  void bytesArriveWholeAndInOrderHoweverTheyAreWrittenAndRead() {
    Random random = new Random(15);
    for (int round = 0; round < 200; round++) {
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      ByteArrayOutputStream got = new ByteArrayOutputStream();
      List<ChannelFuture> written = new ArrayList<>();
      int writes = 1 + random.nextInt(10);
      for (int i = 0; i < writes; i++) {
        byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 500 : 3 * PacedWrites.SLICE)];
        random.nextBytes(bytes);
        sent.writeBytes(bytes);
        written.add(channel.write(Unpooled.wrappedBuffer(bytes)));
        switch (random.nextInt(4)) {
          case 0 -> stopReading(channel);
          case 1 -> readAgain(channel);
          case 2 -> channel.flush();
          default -> got.writeBytes(received(channel));
        }
      }
      channel.flush();
      readAgain(channel);
      got.writeBytes(received(channel));
      assertThat(got.toByteArray()).isEqualTo(sent.toByteArray());
      assertThat(written).allMatch(ChannelFuture::isSuccess);
      assertThat(unread.all()).isZero();
    }
  }

  @Test
  void whatIsNotReadIsCountedForItsCallerUntilItIs() {
    stopReading(channel);
    ChannelFuture written = channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[200_000]));
    assertThat(unread.all()).isEqualTo(200_000);
    assertThat(unread.isFull("caller")).isTrue();
    assertThat(unread.isFull("another")).isFalse();
    assertThat(received(channel)).isEmpty();
    readAgain(channel);
    assertThat(received(channel)).hasSize(200_000);
    assertThat(written.isSuccess()).isTrue();
    assertThat(unread.all()).isZero();
    assertThat(unread.isFull("caller")).isFalse();
  }

  @Test
  void aConnectionThatClosesLeavesNothingBehind() {
    stopReading(channel);
    ByteBuf body = Unpooled.wrappedBuffer(new byte[100_000]);
    ChannelFuture written = channel.writeAndFlush(body);
    channel.close().syncUninterruptibly();
    assertThat(written.cause()).isNotNull();
    assertThat(body.refCnt()).isZero();
    assertThat(unread.all()).isZero();
  }

  /** As a server does that closes a connection behind its last answer. */
  @Test
  void whatIsWrittenWhileAConnectionClosesWaitsForNobody() {
    stopReading(channel);
    ChannelFuture written = channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[100_000]));
    ByteBuf last = Unpooled.wrappedBuffer(new byte[10]);
    var listening =
        written.addListener(
            done -> {
              var unused = channel.writeAndFlush(last);
            });
    channel.close().syncUninterruptibly();
    assertThat(listening.isDone()).isTrue();
    assertThat(last.refCnt()).isZero();
    assertThat(unread.all()).isZero();
    assertThat(unread.isFull("caller")).isFalse();
    assertThat(unread.connections()).isZero();
  }

  @Test
  void whereTooMuchWaitsTheConnectionThatReadsLeastRecentlyMakesRoom() {
    EmbeddedChannel another = channel();
    stopReading(channel);
    stopReading(another);
    write(channel, 600_000);
    write(another, 600_000);
    assertThat(channel.isOpen()).isFalse();
    assertThat(another.isOpen()).isTrue();
    assertThat(unread.all()).isEqualTo(600_000);
  }

  @Test
  void whoReadsNothingForTheLimitIsDisconnected() {
    UnreadBytes impatient = new UnreadBytes(1_000_000, 200_000, Duration.ofNanos(1));
    EmbeddedChannel silent = new EmbeddedChannel(new PacedWrites(impatient));
    stopReading(silent);
    write(silent, 100_000);
    while (silent.isOpen()) {
      silent.runScheduledPendingTasks();
    }
    assertThat(impatient.all()).isZero();
  }
}
