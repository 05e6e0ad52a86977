package fr.opendamir.api.rest;

import fr.opendamir.api.http.ProblemMappers;
import fr.opendamir.api.http.ProblemType;
import fr.opendamir.api.http.RequestLanguage;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.query.TooLargeException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** A question that is too large, with the addresses of smaller ones that work. */
class TooLargeMapper {
  @ServerExceptionMapper
  Response tooLarge(TooLargeException e, RoutingContext context) {
    Language language = RequestLanguage.of(context.request());
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("scanned_rows", e.scannedRows());
    members.put("max_scanned_rows", e.maxScannedRows());
    members.put(
        "suggestions",
        e.suggestions().stream()
            .map(
                suggestion ->
                    Map.of(
                        "change", suggestion.change().in(language),
                        "href", CanonicalQuestion.path(suggestion.query())))
            .toList());
    String detail =
        new Label(
                "%d lignes à parcourir, %d au plus ; suggestions donne des questions plus petites",
                "%d rows to scan, at most %d; suggestions has smaller questions")
            .in(language)
            .formatted(e.scannedRows(), e.maxScannedRows());
    return ProblemMappers.response(
        context, ProblemType.TOO_LARGE_QUESTION, detail, List.of(), members);
  }
}
