package fr.opendamir.api.http;

import fr.opendamir.access.Grant;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.Http1xServerConnection;
import io.vertx.core.net.impl.VertxHandler;
import java.util.Optional;
import java.util.UUID;

/**
 * Answers malformed HTTP, such as a space in an address, with a problem body. The server itself
 * would answer with a status alone, before any filter. Oversized request lines and headers are left
 * to the server, because the caller may not be identifiable from what was read.
 */
final class InvalidRequests extends ChannelInboundHandlerAdapter {
  /**
   * Installs the handler before the connection's first HTTP bytes; below TLS, handshake bytes
   * arrive first.
   */
  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (isAnsweredAt(context.pipeline())) {
      context.pipeline().remove(this);
    }
    context.fireChannelRead(message);
  }

  private static boolean isAnsweredAt(ChannelPipeline pipeline) {
    VertxHandler<?> handler = pipeline.get(VertxHandler.class);
    if (handler == null || handler.getConnection() == null) {
      return false;
    }
    if (handler.getConnection() instanceof Http1xServerConnection connection) {
      connection.invalidRequestHandler(InvalidRequests::answer);
    }
    return true;
  }

  private static void answer(HttpServerRequest request) {
    Optional<Grant> refusal = UnseenRequests.count(request);
    Throwable cause = request.decoderResult().cause();
    if (refusal.isEmpty() && isTooLong(cause)) {
      HttpServerRequest.DEFAULT_INVALID_REQUEST_HANDLER.handle(request);
      return;
    }
    String id = UUID.randomUUID().toString();
    request.response().putHeader(RequestId.HEADER, id).putHeader("Connection", "close");
    ResponseHeaders.give(request);
    Problems problems =
        new Problems(
            RequestLanguage.ofHeader(request.getHeader("Accept-Language")),
            LongAddress.cut(request.path()),
            id);
    refusal.ifPresent(grant -> LimitHeaders.write(request.response().headers(), grant));
    ProblemResponse.write(
        request.response(),
        refusal.map(problems::of).orElseGet(() -> problems.of(ProblemType.REQUEST_REFUSED)));
  }

  private static boolean isTooLong(Throwable cause) {
    return cause instanceof TooLongHttpLineException || cause instanceof TooLongHttpHeaderException;
  }
}
