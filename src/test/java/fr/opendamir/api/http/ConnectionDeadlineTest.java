package fr.opendamir.api.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The deadline of a connection, without a network. SlowClientIT has it in the service. */
class ConnectionDeadlineTest {
  private static final Duration LIMIT = Duration.ofMillis(300);
  private static final int PART = 100;

  private final EmbeddedChannel channel = new EmbeddedChannel(new ConnectionDeadline(LIMIT, 100));

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void whoSendsNothingAtAllIsDisconnected() throws InterruptedException {
    waitFor(2);
    assertThat(channel.isOpen()).isTrue();
    waitFor(3);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void bytesThatTrickleDoNotPutItOff() throws InterruptedException {
    for (int i = 0; i < 5 && channel.isOpen(); i++) {
      channel.writeInbound(bytes());
      waitFor(1);
    }
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void whoIsAnsweredMayRestAndIsTimedAgainFromTheNextByte() throws InterruptedException {
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

  private void waitFor(int parts) throws InterruptedException {
    for (int i = 0; i < parts; i++) {
      Thread.sleep(PART);
      channel.runScheduledPendingTasks();
    }
  }

  private static ByteBuf bytes() {
    return Unpooled.copiedBuffer("a", US_ASCII);
  }
}
