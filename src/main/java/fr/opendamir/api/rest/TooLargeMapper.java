package fr.opendamir.api.rest;

import fr.opendamir.api.http.ProblemMappers;
import fr.opendamir.query.TooLargeException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Maps a question that is too large to a problem with the URLs of smaller questions that are
 * possible.
 */
class TooLargeMapper {
  @ServerExceptionMapper
  Response tooLarge(TooLargeException e, RoutingContext context) {
    return ProblemMappers.response(
        ProblemMappers.problems(context)
            .of(e, smaller -> Optional.of(CanonicalQuestion.path(smaller))));
  }
}
