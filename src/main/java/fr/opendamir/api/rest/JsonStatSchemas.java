package fr.opendamir.api.rest;

import static fr.opendamir.api.rest.ContractSchemas.always;
import static fr.opendamir.api.rest.ContractSchemas.byName;
import static fr.opendamir.api.rest.ContractSchemas.count;
import static fr.opendamir.api.rest.ContractSchemas.instant;
import static fr.opendamir.api.rest.ContractSchemas.list;
import static fr.opendamir.api.rest.ContractSchemas.number;
import static fr.opendamir.api.rest.ContractSchemas.object;
import static fr.opendamir.api.rest.ContractSchemas.oneOf;
import static fr.opendamir.api.rest.ContractSchemas.orNull;
import static fr.opendamir.api.rest.ContractSchemas.ref;
import static fr.opendamir.api.rest.ContractSchemas.sometimes;
import static fr.opendamir.api.rest.ContractSchemas.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** The part of JSON-stat 2.0 that the JSON-stat format writes. */
final class JsonStatSchemas {
  static final String DATASET = "JsonStatDataset";

  private JsonStatSchemas() {}

  /** The schemas by name. */
  static Map<String, Schema> all() {
    Map<String, Schema> schemas = new LinkedHashMap<>();
    schemas.put(DATASET, dataset());
    schemas.put("JsonStatRoles", roles());
    schemas.put("JsonStatDimension", dimension());
    schemas.put("JsonStatCategory", category());
    schemas.put("JsonStatUnit", unit());
    schemas.put("JsonStatExtension", extension());
    return schemas;
  }

  private static Schema dataset() {
    Schema dataset = object("A dataset of JSON-stat 2.0");
    always(dataset, "version", oneOf("Of JSON-stat", List.of("2.0")));
    always(dataset, "class", oneOf("Of the response", List.of("dataset")));
    always(dataset, "href", text("The address of this answer"));
    always(dataset, "label", text("Title"));
    always(dataset, "source", text("Whom to name"));
    always(dataset, "updated", instant("When the release was published"));
    always(dataset, "id", list("Dimensions, measure last", text("A dimension")));
    always(dataset, "size", list("Categories of each dimension", count("Categories")));
    always(dataset, "role", ref("JsonStatRoles"));
    always(dataset, "dimension", byName("By identifier", ref("JsonStatDimension")));
    always(dataset, "value", byName("By number of the cell", orNull(number("A figure"))));
    sometimes(
        dataset, "status", byName("By number of the cell", oneOf("Confidential", List.of("C"))));
    always(dataset, "extension", ref("JsonStatExtension"));
    return dataset;
  }

  private static Schema roles() {
    Schema roles = object("What dimensions are");
    sometimes(roles, "time", list("Periods", text("A dimension")));
    sometimes(roles, "geo", list("Places", text("A dimension")));
    always(roles, "metric", list("Measures", text("A dimension")));
    return roles;
  }

  private static Schema dimension() {
    Schema dimension = object("A dimension");
    always(dimension, "label", text("Name"));
    always(dimension, "category", ref("JsonStatCategory"));
    return dimension;
  }

  private static Schema category() {
    Schema category = object("The categories of a dimension");
    always(category, "index", list("Codes in order", text("A code")));
    sometimes(category, "label", byName("By code", text("A label")));
    sometimes(category, "unit", byName("By measure", ref("JsonStatUnit")));
    return category;
  }

  private static Schema unit() {
    Schema unit = object("A unit");
    always(unit, "label", text("EUR, acts, …"));
    always(unit, "decimals", count("Decimals of the figures"));
    return unit;
  }

  private static Schema extension() {
    Schema extension = object("What the JSON answer tells besides figures");
    always(extension, "page", ref("Page"));
    sometimes(extension, "release", ref("ReleaseSummary"));
    sometimes(extension, "difference", ref("ComparedReleases"));
    always(extension, "disclosure", ref("AnswerDisclosure"));
    always(extension, "warnings", list("As in the JSON answer", text("A sentence")));
    always(extension, "attribution", ref("Attribution"));
    return extension;
  }
}
