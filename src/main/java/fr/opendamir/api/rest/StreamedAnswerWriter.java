package fr.opendamir.api.rest;

import fr.opendamir.api.http.HttpConfig;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Writes streamed answers. A body writer rather than a {@code Multi}: the library takes those for
 * methods of one media type only, and an answer has several.
 */
@Provider
public class StreamedAnswerWriter implements ServerMessageBodyWriter<StreamedAnswer> {
  private final Vertx vertx;
  private final StreamPace pace;

  @Inject
  StreamedAnswerWriter(Vertx vertx, HttpConfig config) {
    this.vertx = vertx;
    this.pace = new StreamPace(config.stallLimit(), config.leastRate().asLongValue());
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, ResteasyReactiveResourceInfo target, MediaType mediaType) {
    return type == StreamedAnswer.class;
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == StreamedAnswer.class;
  }

  @Override
  public void writeResponse(StreamedAnswer answer, Type genericType, ServerRequestContext context) {
    // The interface cannot suspend a request; the class can, as the library's own writers know.
    ResteasyReactiveRequestContext request = (ResteasyReactiveRequestContext) context;
    new StreamTransfer(answer, request, vertx, pace).start();
  }

  @Override
  public void writeTo(
      StreamedAnswer answer,
      Class<?> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> headers,
      OutputStream stream) {
    throw new UnsupportedOperationException("a stream is never written to a blocking output");
  }
}
