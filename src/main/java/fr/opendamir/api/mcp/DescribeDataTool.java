package fr.opendamir.api.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.opendamir.api.http.Attribution;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureDescription;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/** Tells what there is: release, months, levels, measures, caveats. */
@ApplicationScoped
class DescribeDataTool implements Tool {
  private static final Set<String> KNOWN = Set.of(ToolCall.LANG);

  private final Catalog catalog;
  private final ReleaseCatalog releases;

  DescribeDataTool(Catalog catalog, ReleaseCatalog releases) {
    this.catalog = catalog;
    this.releases = releases;
  }

  @Override
  public String name() {
    return "describe_data";
  }

  @Override
  public Uni<byte[]> call(ToolCall call) {
    call.requireKnown(KNOWN);
    Language language = call.language();
    return releases.latest().map(newest -> Json.bytes(described(newest, language)));
  }

  private ObjectNode described(Optional<Release> newest, Language language) {
    ObjectNode answer = Json.object();
    answer.put("published", newest.isPresent());
    newest.ifPresent(
        release -> {
          SpendingAnswer.addRelease(answer, release, release.monthList());
          Attribution attribution = Attribution.of(release, language);
          answer.put("published_at", release.publishedAt().toString());
          answer.put("source", attribution.source());
          answer.put("licence", attribution.licence());
        });
    ObjectNode levels = answer.putObject("levels");
    for (Level level : Level.values()) {
      levels.put(level.id(), catalog.describe(level).label().in(language));
    }
    ObjectNode measures = answer.putObject("measures");
    for (Measure measure : Measure.values()) {
      MeasureDescription description = catalog.describe(measure);
      measures.put(
          measure.id(), description.label().in(language) + " (" + description.unit() + ")");
    }
    ArrayNode caveats = answer.putArray("caveats");
    Guide.caveats(language).forEach(caveats::add);
    return answer;
  }
}
