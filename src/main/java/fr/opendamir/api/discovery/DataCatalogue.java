package fr.opendamir.api.discovery;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.opendamir.api.http.Attribution;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseFile;
import fr.opendamir.query.ReleaseFiles;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;

/**
 * The data set and the service in the vocabulary of data portals (DCAT 3, as JSON-LD with its
 * context). It keeps to what the harvester of data.gouv.fr, udata, makes of a catalogue:
 *
 * <ul>
 *   <li>It recognises resources by their address and never removes one, so distributions have
 *       addresses below {@code latest}, which stay the same from release to release.
 *   <li>It takes every data set that it finds. The service therefore names the data set by a node
 *       that has its identifier and nothing else.
 *   <li>It skips a service that a distribution points to.
 * </ul>
 *
 * @param base the public address, without a slash at its end
 * @param modified when the data changed, not in the future
 */
record DataCatalogue(String base, ReleaseFiles files, Instant modified) {
  static final String PATH = "/catalog.jsonld";
  static final String MEDIA_TYPE = "application/ld+json";

  /** A table that spreadsheets open, of the newest release. */
  static final String TABLE =
      "/v1/aggregates?group_by=month,region&measures=charged,reimbursed,out_of_pocket&format=csv";

  private static final JsonMapper JSON = new JsonMapper();

  private static final String MEDIA_TYPES = "https://www.iana.org/assignments/media-types/";
  private static final String AUTHORITIES = "http://publications.europa.eu/resource/authority/";

  private static final Map<String, String> PREFIXES =
      Map.of(
          "dcat", "http://www.w3.org/ns/dcat#",
          "dct", "http://purl.org/dc/terms/",
          "spdx", "http://spdx.org/rdf/terms#",
          "xsd", "http://www.w3.org/2001/XMLSchema#");

  /** Properties whose values are addresses. */
  private static final List<String> LINKS =
      List.of(
          "dcat:dataset",
          "dcat:service",
          "dcat:distribution",
          "dcat:accessURL",
          "dcat:downloadURL",
          "dcat:landingPage",
          "dcat:endpointURL",
          "dcat:endpointDescription",
          "dcat:mediaType",
          "dct:accrualPeriodicity",
          "dct:license",
          "dct:source",
          "dct:spatial",
          "spdx:checksumAlgorithm");

  /** Properties with typed values. */
  private static final Map<String, String> TYPES =
      Map.of(
          "dct:issued", "xsd:dateTime",
          "dct:modified", "xsd:dateTime",
          "dcat:startDate", "xsd:date",
          "dcat:endDate", "xsd:date",
          "dcat:byteSize", "xsd:nonNegativeInteger",
          "spdx:checksumValue", "xsd:hexBinary");

  byte[] json() {
    ObjectNode document = JSON.createObjectNode();
    addContext(document.putObject("@context"));
    ArrayNode graph = document.putArray("@graph");
    graph
        .addObject()
        .put("@id", base + PATH)
        .put("@type", "dcat:Catalog")
        .put("dct:title", "Open DAMIR API")
        .put("dct:description", "Catalogue du service Open DAMIR API")
        .put("dcat:dataset", dataset())
        .put("dcat:service", base + PATH + "#service");
    ObjectNode dataset = graph.addObject();
    addDataset(dataset);
    ArrayNode distributions = dataset.putArray("dcat:distribution");
    for (ReleaseFile file : files.files()) {
      distributions.add(base + PATH + "#" + file.resource());
      addFile(graph.addObject(), file);
    }
    distributions.add(base + PATH + "#table");
    addTable(graph.addObject());
    addService(graph.addObject());
    return document.toPrettyString().getBytes(StandardCharsets.UTF_8);
  }

  private String dataset() {
    return base + PATH + "#dataset";
  }

  private static void addContext(ObjectNode context) {
    PREFIXES.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(prefix -> context.put(prefix.getKey(), prefix.getValue()));
    LINKS.forEach(property -> context.putObject(property).put("@type", "@id"));
    TYPES.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(type -> context.putObject(type.getKey()).put("@type", type.getValue()));
  }

  private void addDataset(ObjectNode dataset) {
    Release release = files.release();
    List<YearMonth> months = release.monthList();
    dataset
        .put("@id", dataset())
        .put("@type", "dcat:Dataset")
        .put("dct:identifier", DatasetText.IDENTIFIER)
        .put("dct:title", DatasetText.TITLE)
        .put("dct:description", DatasetText.description(release))
        .put("dct:license", Attribution.LICENCE)
        .put("dct:modified", modified.toString())
        .put("dct:source", DatasetText.SOURCE)
        .put("dct:accrualPeriodicity", AUTHORITIES + "frequency/MONTHLY")
        .put("dct:spatial", AUTHORITIES + "country/FRA")
        .put("dcat:landingPage", base + "/")
        .put("dcat:version", release.id());
    addKeywords(dataset);
    dataset
        .putObject("dct:temporal")
        .put("@type", "dct:PeriodOfTime")
        .put("dcat:startDate", months.get(0).atDay(1).toString())
        .put("dcat:endDate", months.get(months.size() - 1).atEndOfMonth().toString());
  }

  private static void addKeywords(ObjectNode node) {
    ArrayNode keywords = node.putArray("dcat:keyword");
    DatasetText.KEYWORDS.forEach(keywords::add);
  }

  private void addFile(ObjectNode distribution, ReleaseFile file) {
    String url = base + "/v1/releases/latest/files/" + file.latestName();
    addDistribution(distribution, file.resource(), title(file), url);
    distribution
        .put("dct:format", "parquet")
        .put("dcat:mediaType", MEDIA_TYPES + "application/vnd.apache.parquet")
        .put("dcat:byteSize", String.valueOf(file.bytes()));
    distribution
        .putObject("spdx:checksum")
        .put("@type", "spdx:Checksum")
        .put("spdx:checksumAlgorithm", "spdx:checksumAlgorithm_sha256")
        .put("spdx:checksumValue", file.sha256());
  }

  private static String title(ReleaseFile file) {
    return switch (file.kind()) {
      case BLOCKS ->
          "Blocs du mois "
              + file.month().orElseThrow()
              + (file.revision() == 0 ? "" : ", révision " + file.revision())
              + " (Parquet)";
      case CUBE -> "Sommes par mois, région, âge, sexe et groupe de prestations (Parquet)";
      case CODES -> "Codes et libellés (Parquet)";
    };
  }

  private void addTable(ObjectNode distribution) {
    addDistribution(distribution, "table", "Dépenses par mois et région (CSV)", base + TABLE);
    distribution.put("dct:format", "csv").put("dcat:mediaType", MEDIA_TYPES + "text/csv");
  }

  private void addDistribution(ObjectNode distribution, String name, String title, String url) {
    distribution
        .put("@id", base + PATH + "#" + name)
        .put("@type", "dcat:Distribution")
        .put("dct:title", title)
        .put("dct:license", Attribution.LICENCE)
        .put("dct:modified", modified.toString())
        .put("dcat:accessURL", url)
        .put("dcat:downloadURL", url);
  }

  private void addService(ObjectNode service) {
    service
        .put("@id", base + PATH + "#service")
        .put("@type", "dcat:DataService")
        .put("dct:identifier", "open-damir-api")
        .put("dct:title", "Open DAMIR API")
        .put(
            "dct:description",
            "Interroge les agrégats anonymisés d'Open DAMIR par HTTP : REST et GraphQL, en JSON,"
                + " CSV et JSON-stat, sans clé.\n\nQueries for the anonymised aggregates of Open"
                + " DAMIR over HTTP, without a key.")
        .put("dct:license", Attribution.LICENCE)
        .put("dcat:landingPage", base + "/")
        .put("dcat:endpointURL", base + "/v1/aggregates")
        .put("dcat:endpointDescription", base + "/openapi");
    addKeywords(service);
    service.putObject("dcat:servesDataset").put("dct:identifier", DatasetText.IDENTIFIER);
  }
}
