package fr.opendamir.api.http;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import java.time.Duration;

/**
 * Installs {@link ConnectionDeadline}, {@link InvalidRequests} and {@link PacedWrites} before all
 * other handlers of accepted connections. Netty loads this class as a service named by {@link
 * #SYSTEM_PROPERTY}, because neither Vert.x nor Quarkus offers a hook before the first request is
 * complete.
 */
public final class ConnectionDeadlines extends ChannelInitializerExtension {
  static final String SYSTEM_PROPERTY = EXTENSIONS_SYSTEM_PROPERTY;
  static final String SYSTEM_PROPERTY_VALUE = "serviceload";

  /** Static because Netty creates the instance, on a thread without access to the configuration. */
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
