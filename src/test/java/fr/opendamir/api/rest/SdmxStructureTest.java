package fr.opendamir.api.rest;

import static org.assertj.core.api.Assertions.assertThatCode;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.CodeEntry;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Level;
import java.io.ByteArrayInputStream;
import java.net.URL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;

/** The document against the schemas of its standard, which a package of test scope holds. */
class SdmxStructureTest {
  private static final String SCHEMA = "/schemaorg_apache_xmlbeans/src/SDMXMessage.xsd";

  private final Catalog catalog = Catalog.load();

  @Test
  void theDocumentIsValid() throws Exception {
    byte[] document =
        new SdmxStructure(catalog, Instant.parse("2026-11-29T12:00:00.123Z")).write(lists());

    assertThatCode(
            () ->
                schema()
                    .newValidator()
                    .validate(new StreamSource(new ByteArrayInputStream(document))))
        .doesNotThrowAnyException();
  }

  /** Their schemas include each other from the jar, and lists without a bound are long. */
  private static Schema schema() throws Exception {
    SchemaFactory factory = SchemaFactory.newDefaultInstance();
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "all");
    URL schema = SdmxStructureTest.class.getResource(SCHEMA);
    return factory.newSchema(schema);
  }

  private Map<Level, List<CodeEntry>> lists() {
    Map<Level, List<CodeEntry>> lists = new LinkedHashMap<>();
    for (Level level : Level.values()) {
      if (level.dimension() != Dimension.MONTH) {
        List<CodeEntry> codes = new ArrayList<>(catalog.codes(level));
        codes.add(new CodeEntry("undocumented_1", new Label("<&> é", null)));
        codes.addAll(catalog.reservedCodes(level));
        lists.put(level, codes);
      }
    }
    return lists;
  }
}
