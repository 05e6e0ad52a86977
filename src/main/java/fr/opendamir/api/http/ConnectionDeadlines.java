package fr.opendamir.api.http;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import java.time.Duration;

/**
 * Puts a {@link ConnectionDeadline} before everything else on accepted connections, {@link
 * InvalidRequests} and {@link PacedWrites}. Netty loads it as a service where {@link
 * #SYSTEM_PROPERTY} says so; neither Vert.x nor Quarkus have a place for it before the first
 * request is complete.
 */
public final class ConnectionDeadlines extends ChannelInitializerExtension {
  static final String SYSTEM_PROPERTY = EXTENSIONS_SYSTEM_PROPERTY;
  static final String SYSTEM_PROPERTY_VALUE = "serviceload";

  /** Netty makes the object, on a thread without configuration. */
  private static volatile Duration limit = Duration.ofSeconds(60);

  private static volatile int most = Integer.MAX_VALUE;

  private static volatile UnreadBytes unread =
      new UnreadBytes(Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofSeconds(60));

  static void configure(Duration timeLimit, int mostConnections, UnreadBytes unreadBytes) {
    limit = timeLimit;
    most = mostConnections;
    unread = unreadBytes;
  }

  @Override
  public void postInitializeServerChildChannel(Channel channel) {
    channel
        .pipeline()
        .addFirst(
            new ConnectionDeadline(limit, most), new InvalidRequests(), new PacedWrites(unread));
  }
}
