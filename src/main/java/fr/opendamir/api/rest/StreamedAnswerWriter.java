package fr.opendamir.api.rest;

import fr.opendamir.api.http.HttpConfig;
import fr.opendamir.api.http.StreamPace;
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
 * Writes streamed answers. This is a body writer and not a {@code Multi}, because RESTEasy supports
 * a {@code Multi} only on methods with a single media type, and an answer has several.
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
    // Only the class, not the interface, can suspend a request; the writers of RESTEasy use the
    // same cast.
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
