package fr.opendamir.api.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import fr.opendamir.api.http.RequestLanguage;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.disclosure.Component;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.PersonWeights;
import fr.opendamir.disclosure.PolicyDocument;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import fr.opendamir.query.ReleaseMonth;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** Describes the disclosure protection, and its cost for the newest release. */
@Path("/v1/disclosure")
public class DisclosureResource {
  private static final Label RULE =
      new Label(
          "Tout chiffre est la somme exacte de blocs publiés. Tout bloc réunit au moins %1$d"
              + " contributeurs, et toute composante non nulle de ses montants en réunit au moins"
              + " %1$d ; le détail qui manquerait à cette règle est regroupé sous le code ND.",
          "Every figure is the exact sum of published blocks. Every block has at least %1$d"
              + " contributors, and every component of its amounts that is not zero has at least"
              + " %1$d; detail that would break this rule is put together under the code ND.");

  private static final Map<Component, Label> COMPONENTS =
      Map.of(
          Component.DIFFERENCES,
          new Label(
              "Différences entre part légale, toutes parts, base et dépense sans dépassement",
              "Differences between legal share, all shares, base and charge without excess fees"),
          Component.EXCESS_FEES,
          new Label("Dépassements d'honoraires", "Excess fees"));

  /** Sorted, so that equal answers have equal bytes. */
  private static final Map<String, String> LINKS =
      new TreeMap<>(
          Map.of("methodology", "/v1/disclosure/methodology", "releases", "/v1/releases"));

  /** Loss bounds: the shares (0..1) of the charged amount that may lose the code of a level. */
  @JsonNaming(SnakeCaseStrategy.class)
  @Schema(name = "LossBounds")
  public record Bounds(List<String> levels, BigDecimal warnAbove, BigDecimal refuseAbove) {}

  /** A part of the amounts that is protected by itself. */
  @Schema(name = "AmountComponent")
  public record AmountComponent(String id, String label, String formula) {}

  /** A change of the tariffs of a group of services; the month is the first of the new ones. */
  @JsonNaming(SnakeCaseStrategy.class)
  @Schema(name = "TariffChange")
  public record PriceChange(String serviceGroup, String month) {}

  /**
   * The disclosure policy. Acts and counts per person are by group of services; exemption codes
   * that no class lists are one more class.
   */
  @JsonNaming(SnakeCaseStrategy.class)
  @Schema(name = "DisclosurePolicy")
  public record Policy(
      String id,
      String sha256,
      int threshold,
      int leastUncertainty,
      Map<String, Integer> actsPerPerson,
      @JsonProperty("acts_per_person_undocumented") int undocumented,
      Map<String, Integer> countsPerPerson,
      int linesPerPerson,
      int servicesPerPerson,
      int largestShare,
      List<AmountComponent> components,
      Map<String, List<String>> exemptionClasses,
      List<PriceChange> tariffChanges,
      List<String> dimensions,
      List<List<String>> recodings,
      Bounds lossBounds) {}

  /** A code that replaces other codes. */
  public record ReservedCode(String code, String label) {}

  /** The cost of protection: by level and measure, the share (0..1) of the total without a code. */
  @JsonNaming(SnakeCaseStrategy.class)
  @Schema(name = "ProtectionCost")
  public record Cost(
      String release,
      long blocks,
      long smallestBlock,
      @Schema(ref = "NotDisclosed") Map<String, Map<String, BigDecimal>> notDisclosed) {}

  /** The body of the answer. */
  @JsonNaming(SnakeCaseStrategy.class)
  @Schema(name = "Disclosure")
  public record DisclosureBody(
      Policy policy,
      String rule,
      List<ReservedCode> reservedCodes,
      @Schema(nullable = true) Cost cost,
      Map<String, String> links) {}

  private final Catalog catalog;
  private final DisclosurePolicy policy;
  private final ReleaseCatalog releases;
  private final VocabularyAnswers answers;
  private final String methodology;

  DisclosureResource(
      Catalog catalog,
      DisclosurePolicy policy,
      ReleaseCatalog releases,
      VocabularyAnswers answers) {
    this.answers = answers;
    this.catalog = catalog;
    this.policy = policy;
    this.releases = releases;
    try (InputStream in = DisclosureResource.class.getResourceAsStream("methodology.md")) {
      this.methodology = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the methodology cannot be read", e);
    }
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @APIResponseSchema(DisclosureBody.class)
  public Uni<Response> get(@Context RoutingContext context) {
    Language language = RequestLanguage.ofAnswer(context.request());
    return releases
        .latest()
        .chain(
            release ->
                answers.json(
                    context,
                    () -> body(release, language),
                    "disclosure",
                    language.id(),
                    policy.id(),
                    release.map(Release::id).orElse("")));
  }

  private DisclosureBody body(Optional<Release> release, Language language) {
    return new DisclosureBody(
        policy(language),
        RULE.in(language).formatted(policy.threshold()),
        reservedCodes(language),
        release.map(DisclosureResource::cost).orElse(null),
        LINKS);
  }

  @GET
  @Path("/methodology")
  @Produces("text/markdown;charset=UTF-8")
  public String methodology(@Context HttpServerResponse response) {
    response.putHeader("Content-Language", "fr, en");
    return methodology;
  }

  private Policy policy(Language language) {
    PersonWeights weights = policy.weights();
    return new Policy(
        policy.id(),
        PolicyDocument.of(policy).sha256(),
        policy.threshold(),
        policy.leastUncertainty(),
        new TreeMap<>(weights.actsPerPerson()),
        weights.undocumentedActsPerPerson(),
        new TreeMap<>(weights.countsPerPerson()),
        weights.linesPerPerson(),
        weights.servicesPerPerson(),
        policy.largestShare(),
        policy.componentList().stream()
            .map(c -> new AmountComponent(c.id(), COMPONENTS.get(c).in(language), c.formula()))
            .toList(),
        new TreeMap<>(policy.exemptionClasses()),
        policy.tariffChanges().stream()
            .map(change -> new PriceChange(change.serviceGroup(), change.month().toString()))
            .toList(),
        DisclosurePolicy.blockDimensions().stream().map(Dimension::id).toList(),
        policy.recodings().stream()
            .map(recoding -> recoding.givenUp().stream().sorted().map(Level::id).toList())
            .toList(),
        new Bounds(
            policy.lossBounds().levels().stream().map(Level::id).toList(),
            policy.lossBounds().warnAbove(),
            policy.lossBounds().refuseAbove()));
  }

  private List<ReservedCode> reservedCodes(Language language) {
    return List.of(
        reserved(ReservedCodes.NOT_DISCLOSED, language),
        reserved(ReservedCodes.NOT_FILLED, language),
        new ReservedCode(
            ReservedCodes.GROUP_PREFIX + "<group>",
            new Label(
                    "Groupe connu (service_group ou exemption_group), détail non diffusé",
                    "Group known (service_group or exemption_group), detail not disclosed")
                .in(language)));
  }

  private ReservedCode reserved(String code, Language language) {
    return new ReservedCode(code, catalog.label(Level.REGION, code).in(language));
  }

  private static Cost cost(Release release) {
    return new Cost(
        release.id(),
        release.months().stream().mapToLong(ReleaseMonth::blocks).sum(),
        release.smallestBlock(),
        ReleaseResource.byId(release.notDisclosedShares()));
  }
}
