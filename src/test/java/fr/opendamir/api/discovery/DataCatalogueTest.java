package fr.opendamir.api.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.datatypes.xsd.XSDDateTime;
import org.apache.jena.rdf.model.Literal;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.rdf.model.Property;
import org.apache.jena.rdf.model.RDFNode;
import org.apache.jena.rdf.model.Resource;
import org.apache.jena.rdf.model.ResourceFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.vocabulary.DCAT;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.junit.jupiter.api.Test;

/**
 * The catalogue, read by Jena as a graph, against each rule that the harvester of data.gouv.fr
 * (udata) has for a catalogue.
 */
class DataCatalogueTest {
  private static final String BASE = "https://damir.example.org";
  private static final String SPDX = "http://spdx.org/rdf/terms#";
  private static final Instant MODIFIED = Instant.parse("2026-02-02T08:00:00.123456Z");
  private static final Release RELEASE = ExampleReleases.genuine().get(1);

  private final byte[] json = json(RELEASE, MODIFIED);
  private final Model graph = parse(json);
  private final Resource dataset = only(DCAT.Dataset);
  private final Resource service = only(DCAT.DataService);

  @Test
  void thereIsOneDataSetWithOneTitle() {
    assertThat(values(dataset, DCTerms.title))
        .extracting(DataCatalogueTest::text)
        .containsExactly("Open DAMIR : dépenses d'assurance maladie, agrégats anonymisés");
  }

  @Test
  void theDescriptionIsFrenchFirst() {
    String description = text(value(dataset, DCTerms.description));
    assertThat(description)
        .startsWith("Dépenses d'assurance maladie en France")
        .contains("2 mois, de 2024-01 à 2024-02")
        .contains("\n\nFrance's health-insurance spending");
  }

  @Test
  void theIdentifierIsTheSameInEveryReleaseAndAtEveryAddress() {
    assertThat(text(value(dataset, DCTerms.identifier))).isEqualTo(DatasetText.IDENTIFIER);
    Release next = ExampleReleases.genuine().get(0);
    Resource later = only(parse(json(next, next.publishedAt())), DCAT.Dataset);
    assertThat(text(value(later, DCTerms.identifier))).isEqualTo(DatasetText.IDENTIFIER);
  }

  @Test
  void keywordsAreLiterals() {
    assertThat(values(dataset, DCAT.keyword))
        .hasSizeGreaterThan(3)
        .allMatch(RDFNode::isLiteral)
        .extracting(DataCatalogueTest::text)
        .contains("assurance-maladie", "open-damir");
  }

  @Test
  void theLicenceIsTheAddressThatDataGouvFrKnows() {
    String licence = "https://www.etalab.gouv.fr/licence-ouverte-open-licence";
    assertThat(address(dataset, DCTerms.license)).isEqualTo(licence);
    assertThat(distributions())
        .allSatisfy(file -> assertThat(address(file, DCTerms.license)).isEqualTo(licence));
  }

  @Test
  void itWasModifiedWhenItsReleaseWasPublished() {
    Literal modified = value(dataset, DCTerms.modified).asLiteral();
    assertThat(modified.getValue()).isInstanceOf(XSDDateTime.class);
    assertThat(Instant.parse(modified.getLexicalForm())).isEqualTo(MODIFIED);
  }

  @Test
  void everyFileHasItsChecksumAndSize() {
    assertThat(files())
        .hasSize(4)
        .allSatisfy(
            file -> {
              Resource checksum = value(file, property(SPDX + "checksum")).asResource();
              assertThat(address(checksum, property(SPDX + "checksumAlgorithm")))
                  .isEqualTo(SPDX + "checksumAlgorithm_sha256");
              assertThat(text(value(checksum, property(SPDX + "checksumValue"))))
                  .matches("[0-9a-f]{64}");
              assertThat(value(file, DCAT.byteSize).asLiteral().getLong()).isPositive();
            });
    assertThat(
            files().stream()
                .map(file -> value(file, property(SPDX + "checksum")).asResource())
                .map(checksum -> text(value(checksum, property(SPDX + "checksumValue")))))
        .containsExactlyInAnyOrderElementsOf(
            ExampleReleases.files(RELEASE).files().stream().map(ReleaseFile::sha256).toList());
  }

  /** The harvester knows a resource by its address and keeps every one that it ever saw. */
  @Test
  void distributionsHaveAddressesThatDoNotChangeWithTheRelease() {
    assertThat(distributions())
        .extracting(file -> address(file, DCAT.downloadURL))
        .containsExactlyInAnyOrder(
            BASE + "/v1/releases/latest/files/blocks-2024-01.parquet",
            BASE + "/v1/releases/latest/files/blocks-2024-01-r1.parquet",
            BASE + "/v1/releases/latest/files/blocks-2024-02.parquet",
            BASE + "/v1/releases/latest/files/cube-main.parquet",
            BASE + DataCatalogue.TABLE)
        .noneMatch(url -> url.contains(RELEASE.id()));
    assertThat(distributions())
        .allSatisfy(
            file ->
                assertThat(address(file, DCAT.accessURL))
                    .isEqualTo(address(file, DCAT.downloadURL)));
  }

  @Test
  void theServiceNamesTheDataSetByAnIdentifierAlone() {
    Resource served = value(service, DCAT.servesDataset).asResource();
    assertThat(served).isNotEqualTo(dataset);
    assertThat(served.listProperties().toList())
        .singleElement()
        .satisfies(
            statement -> {
              assertThat(statement.getPredicate()).isEqualTo(DCTerms.identifier);
              assertThat(statement.getString()).isEqualTo(DatasetText.IDENTIFIER);
            });
  }

  @Test
  void noDistributionPointsToTheService() {
    assertThat(graph.listStatements(null, DCAT.accessService, (RDFNode) null).toList()).isEmpty();
  }

  @Test
  void theServiceStandsAtTopLevel() throws IOException {
    List<String> types = new ArrayList<>();
    new ObjectMapper()
        .readTree(json)
        .path("@graph")
        .forEach(node -> types.add(node.path("@type").textValue()));
    assertThat(types).contains("dcat:Catalog", "dcat:Dataset", "dcat:DataService");
    assertThat(address(service, DCAT.endpointURL)).startsWith(BASE);
    assertThat(address(service, DCAT.endpointDescription)).isEqualTo(BASE + "/openapi");
    assertThat(text(value(service, DCTerms.title))).isEqualTo("Open DAMIR API");
  }

  /** A remote context would be fetched by every reader, and be away some day. */
  @Test
  void theContextIsInTheDocumentAndNamesEveryTerm() throws IOException {
    JsonNode context = new ObjectMapper().readTree(json).path("@context");
    assertThat(context.isObject()).isTrue();
    assertThat(Stream.of("dcat", "dct", "spdx", "xsd").map(context::path))
        .allMatch(JsonNode::isTextual);
    Set<String> namespaces =
        graph.listStatements().toList().stream()
            .map(statement -> statement.getPredicate().getNameSpace())
            .collect(Collectors.toSet());
    assertThat(namespaces).containsExactlyInAnyOrder(DCAT.NS, DCTerms.NS, SPDX, RDF.uri);
  }

  @Test
  void theCoverageIsThatOfTheMonths() {
    Resource period = value(dataset, DCTerms.temporal).asResource();
    assertThat(period.isAnon()).as("an address would be fetched").isTrue();
    assertThat(text(value(period, DCAT.startDate))).isEqualTo("2024-01-01");
    assertThat(text(value(period, DCAT.endDate))).isEqualTo("2024-02-29");
  }

  @Test
  void theCatalogueListsBoth() {
    Resource catalogue = only(DCAT.Catalog);
    assertThat(catalogue.getURI()).isEqualTo(BASE + "/catalog.jsonld");
    assertThat(value(catalogue, DCAT.dataset)).isEqualTo(dataset);
    assertThat(value(catalogue, DCAT.service)).isEqualTo(service);
  }

  private static byte[] json(Release release, Instant modified) {
    return new DataCatalogue(BASE, ExampleReleases.files(release), modified).json();
  }

  private static Model parse(byte[] json) {
    Model model = ModelFactory.createDefaultModel();
    RDFDataMgr.read(model, new ByteArrayInputStream(json), Lang.JSONLD);
    return model;
  }

  private Resource only(Resource type) {
    return only(graph, type);
  }

  private static Resource only(Model graph, Resource type) {
    List<Resource> found = graph.listSubjectsWithProperty(RDF.type, type).toList();
    assertThat(found).as(type.getURI()).hasSize(1);
    return found.get(0);
  }

  private List<Resource> distributions() {
    return values(dataset, DCAT.distribution).stream().map(RDFNode::asResource).toList();
  }

  private List<Resource> files() {
    return distributions().stream()
        .filter(file -> text(value(file, DCTerms.format)).equals("parquet"))
        .toList();
  }

  private static List<RDFNode> values(Resource subject, Property property) {
    return subject.getModel().listObjectsOfProperty(subject, property).toList();
  }

  private static RDFNode value(Resource subject, Property property) {
    List<RDFNode> values = values(subject, property);
    assertThat(values).as(property.getURI()).hasSize(1);
    return values.get(0);
  }

  private static String address(Resource subject, Property property) {
    return value(subject, property).asResource().getURI();
  }

  private static String text(RDFNode literal) {
    return literal.asLiteral().getLexicalForm();
  }

  private static Property property(String uri) {
    return ResourceFactory.createProperty(uri);
  }
}
