package fr.opendamir.api.rest;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import fr.opendamir.access.VocabularyPrice;
import fr.opendamir.api.http.Exchange;
import fr.opendamir.api.http.RequestLanguage;
import fr.opendamir.api.http.UnknownNameException;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.CodeEntry;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.LabelSearch;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.LevelDescription;
import fr.opendamir.catalog.Validity;
import fr.opendamir.format.AnswerFormat;
import fr.opendamir.format.Formats;
import fr.opendamir.query.CodeLists;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.Suggestions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** The vocabulary: dimensions, their levels and their codes. */
@Path("/v1/dimensions")
@Produces(MediaType.APPLICATION_JSON)
public class DimensionResource {
  /** A dimension or level. */
  @JsonNaming(SnakeCaseStrategy.class)
  @Schema(name = "Dimension")
  public record DimensionBody(
      String id,
      String dimension,
      List<String> coarserLevels,
      String damir,
      String label,
      String description,
      String codesUrl,
      List<VintageBody> vintages) {}

  /** Months in which a list of codes is in use. */
  @JsonNaming(SnakeCaseStrategy.class)
  @Schema(name = "Vintage")
  public record VintageBody(
      @Schema(nullable = true) String validFrom, @Schema(nullable = true) String validTo) {
    static VintageBody of(Validity validity) {
      return new VintageBody(
          validity.from().map(YearMonth::toString).orElse(null),
          validity.to().map(YearMonth::toString).orElse(null));
    }
  }

  /** All dimensions and levels. */
  public record DimensionList(List<DimensionBody> data) {}

  /** One code. */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(
      name = "Code",
      requiredProperties = {"code", "label", "label_fr", "label_en"})
  public record CodeBody(
      String code,
      String label,
      String labelFr,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Schema(nullable = true) String labelEn,
      String validFrom,
      String validTo,
      @JsonAnyGetter @Schema(hidden = true) Map<String, String> coarser) {}

  /** The codes of a dimension or level. */
  @Schema
  public record CodeList(String dimension, int total, List<CodeBody> data) {}

  private static final List<AnswerFormat> FORMATS = List.of(Formats.JSON, Formats.CSV);

  private final Catalog catalog;
  private final CodeLists codes;
  private final VocabularyAnswers answers;

  DimensionResource(Catalog catalog, CodeLists codes, VocabularyAnswers answers) {
    this.catalog = catalog;
    this.codes = codes;
    this.answers = answers;
  }

  @GET
  @APIResponseSchema(DimensionList.class)
  public Uni<Response> list(@Context RoutingContext context) {
    Language language = RequestLanguage.ofAnswer(context.request());
    return answers.json(
        context,
        () ->
            new DimensionList(
                Arrays.stream(Level.values()).map(level -> body(level, language)).toList()),
        "dimensions",
        language.id());
  }

  @GET
  @Path("/{id}")
  @APIResponseSchema(DimensionBody.class)
  public Uni<Response> get(@PathParam("id") String id, @Context RoutingContext context) {
    Level level = level(id);
    Language language = RequestLanguage.ofAnswer(context.request());
    return answers.json(
        context, () -> body(level, language), "dimension", level.id(), language.id());
  }

  @GET
  @Path("/{id}/codes")
  @Produces({MediaType.APPLICATION_JSON, "text/csv"})
  public Uni<Response> codes(
      @PathParam("id") String id,
      @QueryParam("search") String search,
      @Parameter(schema = @Schema(enumeration = {"json", "csv"})) @QueryParam("format")
          String format,
      @Parameter(schema = @Schema(enumeration = Formats.EXCEL_FR)) @QueryParam("dialect")
          String dialect,
      @Parameter(schema = @Schema(type = SchemaType.BOOLEAN)) @QueryParam("download")
          String download,
      @Context RoutingContext context) {
    HttpServerRequest request = context.request();
    Level level = level(id);
    LabelSearch.refusal(search).ifPresent(DimensionResource::refuse);
    AnswerFormat written =
        RequestedFormat.of(
            Optional.ofNullable(format),
            Optional.ofNullable(dialect),
            request.getHeader("Accept"),
            FORMATS);
    Language language = RequestLanguage.ofAnswer(request);
    return codes
        .find(level, search)
        .chain(
            found -> {
              Supplier<byte[]> body = () -> written(level, found.codes(), language, written);
              if (!new LabelSearch(search).isEmpty()) {
                return searched(body.get(), written, context);
              }
              return found.isComplete()
                  ? answers.answer(context, written, body, content(level, found, language))
                  : Uni.createFrom().item(incomplete(body.get(), written));
            })
        .map(response -> named(response, level, written))
        .map(
            response ->
                "true".equalsIgnoreCase(download) ? FileName.asAttachment(response) : response);
  }

  private static Response named(Response answer, Level level, AnswerFormat format) {
    Map.Entry<String, String> name = FileName.ofCodes(level).header(format);
    return answer.getStatus() == 200
        ? Response.fromResponse(answer).header(name.getKey(), name.getValue()).build()
        : answer;
  }

  /** The undocumented codes depend on the release, so they are part of what identifies a list. */
  private static String[] content(Level level, CodeLists.Listed found, Language language) {
    return Stream.concat(
            Stream.of("codes", level.id(), language.id()),
            found.codes().stream().map(CodeEntry::code))
        .toArray(String[]::new);
  }

  /** A list without the codes that only the database has: no cache may store it. */
  private static Response incomplete(byte[] body, AnswerFormat format) {
    return Response.ok(body)
        .type(format.mediaType())
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private byte[] written(
      Level level, List<CodeEntry> found, Language language, AnswerFormat format) {
    List<CodeBody> bodies = found.stream().map(entry -> body(level, entry, language)).toList();
    return format == Formats.JSON
        ? answers.written(new CodeList(level.id(), bodies.size(), bodies))
        : CodeTable.write(format, level, !catalog.vintages(level).isEmpty(), bodies);
  }

  /**
   * Answers a search. There are too many possible searches to cache, so the caller pays for a large
   * result.
   */
  private static Uni<Response> searched(byte[] body, AnswerFormat format, RoutingContext context) {
    return Exchange.of(context)
        .account()
        .pay(VocabularyPrice.units(body.length))
        .replaceWith(Response.ok(body).type(format.mediaType()).build());
  }

  private static void refuse(Label why) {
    throw new QuestionException(
        QuestionException.Reason.MALFORMED,
        List.of(new QuestionError("search", "malformed_value", why, List.of())));
  }

  private DimensionBody body(Level level, Language language) {
    LevelDescription description = catalog.describe(level);
    return new DimensionBody(
        level.id(),
        level.dimension().id(),
        level.isFinest()
            ? Level.coarserOf(level.dimension()).stream().map(Level::id).toList()
            : List.of(),
        description.variables(),
        description.label().in(language),
        description.description().in(language),
        "/v1/dimensions/" + level.id() + "/codes",
        catalog.vintages(level).stream().map(VintageBody::of).toList());
  }

  private CodeBody body(Level level, CodeEntry entry, Language language) {
    Map<String, String> coarser = new LinkedHashMap<>();
    for (Level other : coarserInLists(level)) {
      coarser.put(other.id(), catalog.coarser(other, entry.code()));
    }
    VintageBody validity = VintageBody.of(entry.validity());
    return new CodeBody(
        entry.code(),
        entry.label().in(language),
        entry.label().fr(),
        entry.label().en(),
        validity.validFrom(),
        validity.validTo(),
        coarser);
  }

  /**
   * The coarser levels whose codes are listed with each code; none for periods, whose codes already
   * show them.
   */
  static List<Level> coarserInLists(Level level) {
    return level.isFinest() && level.dimension() != Dimension.MONTH
        ? Level.coarserOf(level.dimension())
        : List.of();
  }

  private static Level level(String id) {
    return Level.find(id)
        .orElseThrow(
            () ->
                new UnknownNameException(
                    new Label(
                        "cette dimension n'existe pas ; voir /v1/dimensions",
                        "there is no such dimension; see /v1/dimensions"),
                    Suggestions.nearest(
                        id, Arrays.stream(Level.values()).map(Level::id).toList())));
  }
}
