package fr.opendamir.api.rest;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import fr.opendamir.access.VocabularyPrice;
import fr.opendamir.answer.AnswerKey;
import fr.opendamir.answer.AnswerService;
import fr.opendamir.answer.EncodedAnswer;
import fr.opendamir.answer.EntityTag;
import fr.opendamir.answer.Work;
import fr.opendamir.api.http.AnswerResponse;
import fr.opendamir.api.http.CacheHeaders;
import fr.opendamir.api.http.Exchange;
import fr.opendamir.api.http.RequestLanguage;
import fr.opendamir.api.http.UnknownNameException;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.format.AnswerFormat;
import fr.opendamir.format.Formats;
import fr.opendamir.question.QuestionParser;
import fr.opendamir.question.Suggestions;
import fr.opendamir.reference.ReferenceTable;
import fr.opendamir.reference.ReferenceTables;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** The reference tables: what rates are divided by, and other context. */
@Path("/v1/references")
public class ReferenceResource {
  /** A column. */
  @Schema(name = "ReferenceColumn")
  public record ColumnBody(
      String name,
      @Schema(enumeration = {"key", "text", "count", "ratio"}) String type,
      @Schema(nullable = true) String unit,
      String label) {}

  /** A reference table without its rows. */
  @JsonNaming(SnakeCaseStrategy.class)
  @Schema(name = "ReferenceTable")
  public record TableBody(
      String id,
      String version,
      String vintage,
      String label,
      String source,
      String licence,
      String notes,
      int rows,
      List<ColumnBody> columns,
      String url) {}

  /** All reference tables. */
  public record TableList(List<TableBody> data) {}

  private static final String REPRESENTATION = "1";

  private final ReferenceTables references;
  private final ReferenceWriter writer;
  private final VocabularyAnswers vocabulary;
  private final AnswerService answers;
  private final Encoding encoding;

  ReferenceResource(
      ReferenceTables references,
      ReferenceWriter writer,
      VocabularyAnswers vocabulary,
      AnswerService answers,
      Encoding encoding) {
    this.references = references;
    this.writer = writer;
    this.vocabulary = vocabulary;
    this.answers = answers;
    this.encoding = encoding;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @APIResponseSchema(TableList.class)
  public Uni<Response> list(@Context RoutingContext context) {
    Language language = RequestLanguage.ofAnswer(context.request());
    return vocabulary.json(
        context,
        () -> new TableList(references.all().stream().map(table -> body(table, language)).toList()),
        "references",
        language.id());
  }

  /** Answers in every format; parameters depend on the table, so they are read here. */
  @GET
  @Path("/{id}")
  @AsksQuestion
  public Uni<Response> get(@PathParam("id") String id, @Context RoutingContext context) {
    ReferenceTable table = table(id);
    Map<String, List<String>> parameters = AddressedQuestion.parameters(context.request());
    AnswerFormat format =
        RequestedFormat.of(
            parameters, context.request().getHeader(HttpHeaders.ACCEPT), Formats.OF_REFERENCES);
    ReferenceSelection selection = ReferenceSelection.parse(table, parameters, format.isFile());
    Language language =
        QuestionParser.value(parameters, "lang")
            .flatMap(Language::find)
            .orElseGet(() -> RequestLanguage.of(context.request()));
    AnswerKey key =
        new AnswerKey(
            tag(
                format,
                table.versionedId(),
                selection.parameters().toString(),
                String.valueOf(selection.offset()),
                language.id()),
            CacheHeaders.ofVocabulary(),
            format.isCompressible());
    return answers
        .answer(
            Exchange.conditional(context),
            key,
            () ->
                new Work.Metered(
                    () ->
                        encoding
                            .run(format, () -> writer.write(table, selection, format, language))
                            .chain(
                                body -> {
                                  long units = VocabularyPrice.units(body.length);
                                  return Exchange.of(context)
                                      .account()
                                      .pay(units)
                                      .replaceWith(
                                          encoded(key, table, format, language, body, units));
                                })))
        .map(answer -> AnswerResponse.of(answer, context.request()))
        .map(response -> selection.isDownload() ? FileName.asAttachment(response) : response);
  }

  private static String tag(
      AnswerFormat format, String table, String selection, String offset, String language) {
    String[] parts = {REPRESENTATION, table, selection, offset, format.selector(), language};
    return format.isReproducible() ? EntityTag.of(parts) : EntityTag.weak(parts);
  }

  private static EncodedAnswer encoded(
      AnswerKey key,
      ReferenceTable table,
      AnswerFormat format,
      Language language,
      byte[] body,
      long units) {
    List<Map.Entry<String, String>> headers =
        new ArrayList<>(
            List.of(
                Map.entry(HttpHeaders.CONTENT_TYPE, format.mediaType()),
                Map.entry(HttpHeaders.CONTENT_LANGUAGE, RequestLanguage.tag(language)),
                Map.entry(HttpHeaders.VARY, CacheHeaders.VARY),
                FileName.of(table).header(format)));
    headers.addAll(key.caching());
    return EncodedAnswer.of(key, headers, body, units);
  }

  private ReferenceTable table(String id) {
    return references
        .find(id.toLowerCase(Locale.ROOT))
        .orElseThrow(
            () ->
                new UnknownNameException(
                    new Label(
                        "cette table n'existe pas ; voir /v1/references",
                        "there is no such table; see /v1/references"),
                    Suggestions.nearest(
                        id, references.all().stream().map(ReferenceTable::id).toList())));
  }

  static TableBody body(ReferenceTable table, Language language) {
    return new TableBody(
        table.id(),
        table.version(),
        table.vintage(),
        table.label().in(language),
        table.source(),
        table.licence(),
        table.notes().in(language),
        table.rows().size(),
        table.columns().stream()
            .map(
                column ->
                    new ColumnBody(
                        column.name(),
                        column.type().name().toLowerCase(Locale.ROOT),
                        column.unit().isEmpty() ? null : column.unit(),
                        column.label().in(language)))
            .toList(),
        "/v1/references/" + table.id());
  }
}
