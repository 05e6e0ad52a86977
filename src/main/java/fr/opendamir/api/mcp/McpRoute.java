package fr.opendamir.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.opendamir.api.http.Exchange;
import fr.opendamir.api.http.FailureLog;
import fr.opendamir.api.http.JsonBody;
import fr.opendamir.api.http.ProblemMappers;
import fr.opendamir.api.http.ProblemResponse;
import fr.opendamir.api.http.ProblemType;
import fr.opendamir.api.http.Problems;
import fr.opendamir.api.http.PublicAddress;
import fr.opendamir.api.http.RequestId;
import fr.opendamir.catalog.Language;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * The Model Context Protocol by streamable HTTP at {@code /mcp}: a message by POST, its answer as
 * JSON. There are no sessions and no streams, so GET and DELETE are refused, as the protocol
 * allows.
 */
@ApplicationScoped
class McpRoute {
  static final String PATH = "/mcp";
  private static final String VERSION = "MCP-Protocol-Version";
  static final long MOST_BYTES = 65_536;

  /** After the filters, which have lower orders, and before the routes of extensions. */
  private static final int ORDER = -100;

  private final McpConfig config;
  private final McpServer server;
  private final KnownHosts hosts;

  McpRoute(McpConfig config, McpServer server, PublicAddress address) {
    this.config = config;
    this.server = server;
    this.hosts = new KnownHosts(address);
  }

  void register(@Observes Router router) {
    if (!config.enabled()) {
      return;
    }
    router.route(PATH).order(ORDER).handler(this::dispatch);
    router.post(PATH).order(ORDER + 1).handler(BodyHandler.create(false).setBodyLimit(MOST_BYTES));
    router.post(PATH).order(ORDER + 2).handler(this::post);
    router.route(PATH).order(ORDER).failureHandler(McpRoute::fail);
  }

  private void dispatch(RoutingContext context) {
    HttpServerRequest request = context.request();
    HostAndPort authority = request.authority();
    if (!hosts.accepts(authority == null ? null : authority.host(), request.getHeader("Origin"))) {
      refuse(context, ProblemType.HOST_REFUSED);
    } else if (!request.method().equals(HttpMethod.POST)) {
      context.response().putHeader("Allow", "POST");
      refuse(context, ProblemType.METHOD_NOT_ALLOWED);
    } else if (!JsonBody.isIn(context)) {
      refuse(context, ProblemType.UNSUPPORTED_MEDIA_TYPE);
    } else {
      context.next();
    }
  }

  private void post(RoutingContext context) {
    // Reading the body replaces the handler that reports the end of the response.
    context.addBodyEndHandler(
        ended -> Exchange.of(context).ended(context.response().getStatusCode()));
    RpcMessage message;
    try {
      message = RpcMessage.read(context.body().asString("UTF-8"));
      requireVersion(context.request().getHeader(VERSION));
    } catch (RpcException e) {
      end(context, 400, error(RpcMessage.noId(), e));
      return;
    }
    if (message.isRequest()) {
      answer(context, message);
    } else {
      var unused = context.response().setStatusCode(202).end();
    }
  }

  private static void requireVersion(String version) {
    if (version != null && !McpServer.VERSIONS.contains(version)) {
      throw new RpcException(
          RpcException.INVALID_REQUEST,
          VERSION + " must be one of " + String.join(", ", McpServer.VERSIONS));
    }
  }

  private void answer(RoutingContext context, RpcMessage message) {
    try {
      Cancellable work =
          server
              .answer(message, Exchange.unconditional(context), problems(context))
              .subscribe()
              .with(
                  result -> {
                    ObjectNode reply = reply(message.id());
                    reply.set("result", result);
                    end(context, 200, reply);
                  },
                  failure -> fail(context, message, failure));
      whenClientLeaves(context, work);
    } catch (RpcException e) {
      end(context, 200, error(message.id(), e));
    }
  }

  private static void whenClientLeaves(RoutingContext context, Cancellable work) {
    HttpServerResponse response = context.response();
    if (response.closed()) {
      work.cancel();
    } else if (!response.ended()) {
      response.closeHandler(
          closed -> {
            work.cancel();
            // this handler replaces the one that reports aborted exchanges
            Exchange.of(context).aborted();
          });
    }
  }

  private static void fail(RoutingContext context, RpcMessage message, Throwable failure) {
    if (failure instanceof RpcException e) {
      end(context, 200, error(message.id(), e));
      return;
    }
    FailureLog.failed(RequestId.of(context), failure);
    end(
        context,
        500,
        error(
            message.id(),
            new RpcException(
                RpcException.INTERNAL_ERROR,
                "something went wrong on our side; request_id: " + RequestId.of(context))));
  }

  private static ObjectNode reply(JsonNode id) {
    ObjectNode reply = Json.object().put("jsonrpc", "2.0");
    reply.set("id", id);
    return reply;
  }

  private static ObjectNode error(JsonNode id, RpcException e) {
    ObjectNode reply = reply(id);
    reply.putObject("error").put("code", e.code()).put("message", e.getMessage());
    return reply;
  }

  private static void end(RoutingContext context, int status, ObjectNode reply) {
    HttpServerResponse response = context.response();
    if (response.ended()) {
      return;
    }
    response.setStatusCode(status);
    response.putHeader("Content-Type", "application/json");
    response.putHeader("Cache-Control", "no-store");
    var unused = response.end(Buffer.buffer(Json.bytes(reply)));
  }

  /** English, unless the argument {@code lang} of a tool says otherwise. */
  private static Problems problems(RoutingContext context) {
    return new Problems(Language.EN, PATH, RequestId.of(context));
  }

  private static void refuse(RoutingContext context, ProblemType type) {
    ProblemResponse.write(context, ProblemMappers.problems(context).of(type));
  }

  /** Handles failures before the body is read completely: it is too long or breaks off. */
  private static void fail(RoutingContext context) {
    if (context.response().ended()) {
      return;
    }
    if (context.statusCode() == ProblemType.INTERNAL_ERROR.status()) {
      FailureLog.failed(RequestId.of(context), context.failure());
    }
    refuse(
        context,
        switch (context.statusCode()) {
          case 413 -> ProblemType.REQUEST_TOO_LARGE;
          case 400 -> ProblemType.REQUEST_REFUSED;
          default -> ProblemType.INTERNAL_ERROR;
        });
  }
}
