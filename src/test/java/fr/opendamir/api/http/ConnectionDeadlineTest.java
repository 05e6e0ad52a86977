package fr.opendamir.api.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The deadline of a connection, without a network. SlowClientIT has it in the service. */
class ConnectionDeadlineTest {
  private static final Duration LIMIT = Duration.ofMillis(300);
  private static final Duration PART = Duration.ofMillis(100);

  private final AtomicLong clock = new AtomicLong();
  private final EmbeddedChannel channel = new EmbeddedChannel();

  /** Time passes when a test says so, however busy the machine is. */
  @BeforeEach
  void open() {
    channel.freezeTime();
    channel.pipeline().addLast(new ConnectionDeadline(LIMIT, 100, clock::get));
    channel.pipeline().fireChannelActive();
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void whoSendsNothingAtAllIsDisconnected() {
    waitFor(2);
    assertThat(channel.isOpen()).isTrue();
    waitFor(3);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void bytesThatTrickleDoNotPutItOff() {
    for (int i = 0; i < 5 && channel.isOpen(); i++) {
      channel.writeInbound(bytes());
      waitFor(1);
    }
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void whoIsAnsweredMayRestAndIsTimedAgainFromTheNextByte() {
    channel.writeInbound(bytes());
    channel.writeOutbound(bytes());
    waitFor(7);
    assertThat(channel.isOpen()).isTrue();
    channel.writeInbound(bytes());
    waitFor(1);
    assertThat(channel.isOpen()).isTrue();
    waitFor(7);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void bytesPassUnchangedBothWays() {
    channel.writeInbound(bytes());
    channel.writeOutbound(bytes());
    ByteBuf in = channel.readInbound();
    ByteBuf out = channel.readOutbound();
    assertThat(in.toString(US_ASCII)).isEqualTo("a");
    assertThat(out.toString(US_ASCII)).isEqualTo("a");
    in.release();
    out.release();
  }

  private void waitFor(int parts) {
    for (int i = 0; i < parts; i++) {
      clock.addAndGet(PART.toNanos());
      channel.advanceTimeBy(PART.toNanos(), TimeUnit.NANOSECONDS);
      channel.runScheduledPendingTasks();
    }
  }

  private static ByteBuf bytes() {
    return Unpooled.copiedBuffer("a", US_ASCII);
  }
}
