package fr.opendamir.api.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.opendamir.api.http.Attribution;
import fr.opendamir.api.http.PublicAddress;
import fr.opendamir.api.http.StructuredData;
import fr.opendamir.query.Release;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.YearMonth;
import java.util.List;

/**
 * The data set in the vocabulary of schema.org, for search engines of data sets, under the
 * conditions of the catalogue: genuine data at a known address. Browsers do not run the element, so
 * the {@code Content-Security-Policy} of pages does not concern it.
 */
@ApplicationScoped
class SchemaOrgDataset implements StructuredData {
  private static final JsonMapper JSON = new JsonMapper();

  private final PublicAddress address;

  SchemaOrgDataset(PublicAddress address) {
    this.address = address;
  }

  @Override
  public String html(Release release) {
    if (release.isSynthetic() || address.base().isEmpty()) {
      return "";
    }
    try {
      // Nothing in the text can end the element.
      String json = JSON.writeValueAsString(json(release)).replace("<", "\\u003c");
      return "<script type=\"application/ld+json\">" + json + "</script>";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree can be written", e);
    }
  }

  private ObjectNode json(Release release) {
    List<YearMonth> months = release.monthList();
    ObjectNode dataset =
        JSON.createObjectNode()
            .put("@context", "https://schema.org/")
            .put("@type", "Dataset")
            .put("@id", address.of(DataCatalogue.PATH + "#dataset"))
            .put("identifier", DatasetText.IDENTIFIER)
            .put("name", DatasetText.TITLE)
            .put("description", DatasetText.description(release))
            .put("url", address.of("/"))
            .put("license", Attribution.LICENCE)
            .put("isAccessibleForFree", true)
            .put("isBasedOn", DatasetText.SOURCE)
            .put("version", release.id())
            .put("dateModified", release.publishedAt().toString())
            .put("temporalCoverage", months.get(0) + "/" + months.get(months.size() - 1))
            .put("spatialCoverage", "France");
    ArrayNode keywords = dataset.putArray("keywords");
    DatasetText.KEYWORDS.forEach(keywords::add);
    dataset
        .putObject("creator")
        .put("@type", "Organization")
        .put("name", "Caisse nationale de l'Assurance Maladie")
        .put("url", "https://www.assurance-maladie.ameli.fr/");
    dataset
        .putArray("distribution")
        .addObject()
        .put("@type", "DataDownload")
        .put("encodingFormat", "text/csv")
        .put("contentUrl", address.of(DataCatalogue.TABLE));
    return dataset;
  }
}
