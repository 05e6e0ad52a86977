package fr.opendamir.api.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import fr.opendamir.api.http.RequestLanguage;
import fr.opendamir.api.http.UnknownNameException;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.CodeEntry;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.LevelDescription;
import fr.opendamir.query.CodeLists;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The vocabulary: dimensions, their levels and their codes. */
@Tag(name = "Vocabulary")
@Path("/v1/dimensions")
@Produces(MediaType.APPLICATION_JSON)
public class DimensionResource {
  /** A dimension or level. */
  @Schema(name = "Dimension")
  public record DimensionBody(
      String id,
      String dimension,
      @JsonProperty("coarser_levels") List<String> coarserLevels,
      String damir,
      String label,
      String description,
      @JsonProperty("codes_url") String codesUrl) {}

  /** All dimensions and levels. */
  public record DimensionList(List<DimensionBody> data) {}

  /** One code. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(
      name = "Code",
      requiredProperties = {"code", "label", "label_fr", "label_en"})
  public record CodeBody(
      String code,
      String label,
      @JsonProperty("label_fr") String labelFr,
      @JsonProperty("label_en") String labelEn,
      @JsonProperty("service_group") String serviceGroup,
      @JsonProperty("service_kind") String serviceKind,
      @JsonProperty("exemption_group") String exemptionGroup) {}

  /** The codes of a dimension or level. */
  public record CodeList(String dimension, int total, List<CodeBody> data) {}

  private final Catalog catalog;
  private final CodeLists codes;

  DimensionResource(Catalog catalog, CodeLists codes) {
    this.catalog = catalog;
    this.codes = codes;
  }

  @GET
  @Operation(
      operationId = "listDimensions",
      summary = "Dimensions and levels",
      description =
          "The 13 dimensions and their coarser levels: what a question may group by and"
              + " filter on, each with its DAMIR variables.")
  public DimensionList list(@Context HttpServerRequest request) {
    Language language = RequestLanguage.of(request);
    return new DimensionList(
        Arrays.stream(Level.values()).map(level -> body(level, language)).toList());
  }

  @GET
  @Path("/{id}")
  @Operation(
      operationId = "getDimension",
      summary = "One dimension or level",
      description =
          "What a dimension or level means, which levels are coarser, and where its codes are.")
  public DimensionBody get(
      @Parameter(description = "A dimension or level, or its DAMIR variable") @PathParam("id")
          String id,
      @Context HttpServerRequest request) {
    return body(level(id), RequestLanguage.of(request));
  }

  @GET
  @Path("/{id}/codes")
  @Operation(
      operationId = "listCodes",
      summary = "The codes of a dimension or level",
      description = "Reserved codes (ND, NR, G:<group>) come last. Periods are those published.")
  public Uni<CodeList> codes(
      @Parameter(description = "A dimension or level, or its DAMIR variable") @PathParam("id")
          String id,
      @Parameter(description = "Words of the label or code; case, accents and order do not matter")
          @QueryParam("search")
          String search,
      @Context HttpServerRequest request) {
    Level level = level(id);
    Language language = RequestLanguage.of(request);
    return codes
        .find(level, search)
        .map(
            found ->
                new CodeList(
                    level.id(),
                    found.size(),
                    found.stream().map(entry -> body(level, entry, language)).toList()));
  }

  private DimensionBody body(Level level, Language language) {
    LevelDescription description = catalog.describe(level);
    return new DimensionBody(
        level.id(),
        level.dimension().id(),
        level.isFinest()
            ? Level.of(level.dimension()).stream().skip(1).map(Level::id).toList()
            : List.of(),
        description.variables(),
        description.label().in(language),
        description.description().in(language),
        "/v1/dimensions/" + level.id() + "/codes");
  }

  private CodeBody body(Level level, CodeEntry entry, Language language) {
    boolean service = level == Level.SERVICE_CODE;
    boolean exemption = level == Level.EXEMPTION_REASON;
    return new CodeBody(
        entry.code(),
        entry.label().in(language),
        entry.label().fr(),
        entry.label().en(),
        service ? catalog.coarser(Level.SERVICE_GROUP, entry.code()) : null,
        service ? catalog.coarser(Level.SERVICE_KIND, entry.code()) : null,
        exemption ? catalog.coarser(Level.EXEMPTION_GROUP, entry.code()) : null);
  }

  private static Level level(String id) {
    return Level.find(id)
        .orElseThrow(
            () ->
                new UnknownNameException(
                    new Label(
                        "cette dimension n'existe pas ; voir /v1/dimensions",
                        "there is no such dimension; see /v1/dimensions")));
  }
}
