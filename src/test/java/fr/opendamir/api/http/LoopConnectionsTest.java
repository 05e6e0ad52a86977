package fr.opendamir.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who has to go where three connections are the most. IdleConnectionsIT has it in the service. */
class LoopConnectionsTest {
  private static final int MOST = 3;

  private final List<EmbeddedChannel> channels = new ArrayList<>();

  @AfterEach
  void close() {
    channels.forEach(EmbeddedChannel::finishAndReleaseAll);
  }

  @Test
  void whoWasServedTheLongestAgoMakesRoom() {
    EmbeddedChannel first = open();
    EmbeddedChannel second = open();
    EmbeddedChannel third = open();
    serve(first);
    EmbeddedChannel fourth = open();
    assertThat(second.isOpen()).isFalse();
    EmbeddedChannel fifth = open();
    assertThat(third.isOpen()).isFalse();
    assertThat(List.of(first, fourth, fifth)).allMatch(EmbeddedChannel::isOpen);
  }

  @Test
  void whoWaitsForAnAnswerGoesLast() {
    EmbeddedChannel asking = open();
    asking.writeInbound(Unpooled.EMPTY_BUFFER);
    EmbeddedChannel resting = open();
    EmbeddedChannel other = open();
    open();
    assertThat(resting.isOpen()).isFalse();
    open();
    assertThat(other.isOpen()).isFalse();
    assertThat(asking.isOpen()).isTrue();
  }

  @Test
  void ofThoseThatAllAskForEverTheFirstMakesRoom() {
    List<EmbeddedChannel> asking = List.of(open(), open(), open());
    asking.forEach(channel -> channel.writeInbound(Unpooled.EMPTY_BUFFER));
    open();
    assertThat(asking).extracting(EmbeddedChannel::isOpen).containsExactly(false, true, true);
    open();
    assertThat(asking).extracting(EmbeddedChannel::isOpen).containsExactly(false, true, true);
  }

  @Test
  void whoLeavesIsNotCounted() {
    EmbeddedChannel first = open();
    open();
    var unused = open().close();
    open();
    assertThat(first.isOpen()).isTrue();
  }

  private EmbeddedChannel open() {
    EmbeddedChannel channel =
        new EmbeddedChannel(new ConnectionDeadline(Duration.ofMinutes(1), MOST));
    channels.add(channel);
    return channel;
  }

  private static void serve(EmbeddedChannel channel) {
    channel.writeInbound(Unpooled.EMPTY_BUFFER);
    channel.writeOutbound(Unpooled.EMPTY_BUFFER);
  }
}
