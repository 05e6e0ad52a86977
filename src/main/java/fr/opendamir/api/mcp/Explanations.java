package fr.opendamir.api.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.opendamir.api.http.ProblemType;
import fr.opendamir.api.http.PublicAddress;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.LevelDescription;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureDescription;
import fr.opendamir.catalog.MeasureNotes;
import jakarta.enterprise.context.ApplicationScoped;

/** What measures, levels and problems mean, in a language. */
@ApplicationScoped
class Explanations {
  private final Catalog catalog;
  private final PublicAddress address;

  Explanations(Catalog catalog, PublicAddress address) {
    this.catalog = catalog;
    this.address = address;
  }

  ObjectNode of(Measure measure, Language language) {
    MeasureDescription description = catalog.describe(measure);
    MeasureNotes notes = description.notes();
    ObjectNode explained = named("measure", measure.id(), description.label().in(language));
    explained.put("unit", description.unit());
    explained.put("formula", description.formula());
    explained.put("description", description.description().in(language));
    putFilled(explained, "numerator", notes.numerator().in(language));
    putFilled(explained, "denominator", notes.denominator().in(language));
    explained.put("caveats", notes.caveats().in(language));
    explained.put("why_it_matters", notes.whyItMatters().in(language));
    explained.put("source", notes.source());
    explained.put("vintage", notes.vintage());
    explained.put("rest", address.of("/v1/measures/" + measure.id()));
    return explained;
  }

  ObjectNode of(Level level, Language language) {
    LevelDescription description = catalog.describe(level);
    ObjectNode explained = named("level", level.id(), description.label().in(language));
    explained.put("dimension", level.dimension().id());
    explained.put("description", description.description().in(language));
    explained.put("damir", description.variables());
    explained.put("rest", address.of("/v1/dimensions/" + level.id() + "/codes"));
    return explained;
  }

  static ObjectNode of(ProblemType problem, Language language) {
    return named("problem", problem.slug(), problem.title().in(language))
        .put("status", problem.status())
        .put("description", problem.description().in(language));
  }

  private static ObjectNode named(String kind, String id, String label) {
    return Json.object().put("kind", kind).put("id", id).put("label", label);
  }

  private static void putFilled(ObjectNode explained, String name, String text) {
    if (!text.isEmpty()) {
      explained.put(name, text);
    }
  }
}
