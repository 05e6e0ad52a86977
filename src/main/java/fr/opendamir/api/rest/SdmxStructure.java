package fr.opendamir.api.rest;

import fr.opendamir.api.rest.SdmxXml.Attribute;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.CodeEntry;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureDescription;
import fr.opendamir.catalog.MeasureValue;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.format.Sdmx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The structure of SDMX-CSV answers as an SDMX-ML 2.1 document: a dataflow, its data structure, the
 * concepts of its components, and their code lists in both languages. Every level is a dimension;
 * one that an answer leaves out would have the code of the total.
 */
final class SdmxStructure {
  private static final String CONCEPTS = "CONCEPTS";
  private static final String LISTS = "CL_";
  private static final String CONCEPT = "Concept";
  private static final String DATA_STRUCTURE = "DataStructure";

  private final Catalog catalog;
  private final Instant prepared;
  private final SdmxXml xml = new SdmxXml();

  SdmxStructure(Catalog catalog, Instant prepared) {
    this.catalog = catalog;
    this.prepared = prepared;
  }

  /** Writes the document, with dimensions in the order of the levels. */
  byte[] write(Map<Level, List<CodeEntry>> lists) {
    Map<Sdmx.Name, List<Sdmx.Name>> dimensions = dimensions(lists);
    Map<Sdmx.Name, List<Sdmx.Name>> attributes = attributes();
    xml.begin("mes:Structure");
    writeHeader();
    xml.begin("mes:Structures");
    writeDataflow();
    xml.begin("str:Codelists");
    dimensions.forEach(this::writeCodeList);
    attributes.forEach(this::writeCodeList);
    xml.end();
    writeConcepts(
        Stream.of(
                dimensions.keySet().stream(),
                Stream.of(Sdmx.TIME_PERIOD, Sdmx.OBS_VALUE),
                attributes.keySet().stream())
            .flatMap(names -> names)
            .toList());
    writeDataStructure(List.copyOf(dimensions.keySet()), List.copyOf(attributes.keySet()));
    xml.end();
    xml.end();
    return xml.bytes();
  }

  private Map<Sdmx.Name, List<Sdmx.Name>> dimensions(Map<Level, List<CodeEntry>> lists) {
    Map<Sdmx.Name, List<Sdmx.Name>> dimensions = new LinkedHashMap<>();
    lists.forEach(
        (level, codes) ->
            dimensions.put(
                name(Sdmx.dimension(level.id()), catalog.describe(level).label()),
                codes(level, codes)));
    dimensions.put(
        Sdmx.MEASURE,
        Arrays.stream(Measure.values())
            .flatMap(measure -> MeasureValue.of(List.of(measure), true).stream())
            .map(this::measure)
            .toList());
    return dimensions;
  }

  private List<Sdmx.Name> codes(Level level, List<CodeEntry> listed) {
    List<Sdmx.Name> codes = new ArrayList<>();
    codes.add(name(ReservedCodes.TOTAL, catalog.label(level, ReservedCodes.TOTAL)));
    listed.forEach(entry -> codes.add(name(Sdmx.code(entry.code()), entry.label())));
    return codes;
  }

  private Sdmx.Name measure(MeasureValue value) {
    MeasureDescription description = catalog.describe(value.measure());
    return name(value.id(), AnswerTables.title(value.kind(), description));
  }

  private Map<Sdmx.Name, List<Sdmx.Name>> attributes() {
    Map<Sdmx.Name, List<Sdmx.Name>> attributes = new LinkedHashMap<>();
    attributes.put(Sdmx.OBS_STATUS, Sdmx.STATUSES);
    attributes.put(Sdmx.CONF_STATUS, Sdmx.CONFIDENTIALITIES);
    attributes.put(
        Sdmx.UNIT_MEASURE,
        Arrays.stream(Measure.values())
            .map(measure -> catalog.describe(measure).unit())
            .distinct()
            .map(unit -> new Sdmx.Name(Sdmx.unit(unit), unit, unit))
            .toList());
    return attributes;
  }

  private static Sdmx.Name name(String id, Label label) {
    return new Sdmx.Name(id, label.fr(), label.en() == null ? label.fr() : label.en());
  }

  private void writeHeader() {
    xml.begin("mes:Header");
    xml.text("mes:ID", Sdmx.SPENDING.id());
    xml.text("mes:Test", "false");
    xml.text("mes:Prepared", prepared.toString());
    xml.empty("mes:Sender", id(Sdmx.AGENCY));
    xml.end();
  }

  private void writeDataflow() {
    xml.begin("str:Dataflows");
    xml.begin("str:Dataflow", maintained(Sdmx.SPENDING.id()));
    xml.names(Sdmx.SPENDING);
    xml.begin("str:Structure");
    writeReference(Sdmx.SPENDING.id(), "datastructure", DATA_STRUCTURE);
    xml.end();
    xml.end();
    xml.end();
  }

  private void writeCodeList(Sdmx.Name component, List<Sdmx.Name> codes) {
    xml.begin("str:Codelist", maintained(LISTS + component.id()));
    xml.names(component);
    codes.forEach(code -> writeNamed("str:Code", code));
    xml.end();
  }

  private void writeConcepts(List<Sdmx.Name> components) {
    xml.begin("str:Concepts");
    xml.begin("str:ConceptScheme", maintained(CONCEPTS));
    xml.names(new Sdmx.Name(CONCEPTS, "Concepts", "Concepts"));
    components.forEach(component -> writeNamed("str:Concept", component));
    xml.end();
    xml.end();
  }

  private void writeNamed(String element, Sdmx.Name name) {
    xml.begin(element, id(name.id()));
    xml.names(name);
    xml.end();
  }

  private void writeDataStructure(List<Sdmx.Name> dimensions, List<Sdmx.Name> attributes) {
    xml.begin("str:DataStructures");
    xml.begin("str:DataStructure", maintained(Sdmx.SPENDING.id()));
    xml.names(Sdmx.SPENDING);
    xml.begin("str:DataStructureComponents");
    writeDimensions(dimensions);
    writeAttributes(attributes);
    xml.begin("str:MeasureList", id("MeasureDescriptor"));
    xml.begin("str:PrimaryMeasure", id(Sdmx.OBS_VALUE.id()));
    writeConcept(Sdmx.OBS_VALUE);
    writeTextFormat("Decimal");
    xml.end();
    xml.end();
    xml.end();
    xml.end();
    xml.end();
  }

  private void writeDimensions(List<Sdmx.Name> dimensions) {
    xml.begin("str:DimensionList", id("DimensionDescriptor"));
    int position = 1;
    for (Sdmx.Name dimension : dimensions) {
      xml.begin("str:Dimension", id(dimension.id()), position(position++));
      writeConcept(dimension);
      writeEnumeration(dimension);
      xml.end();
    }
    xml.begin("str:TimeDimension", id(Sdmx.TIME_PERIOD.id()), position(position));
    writeConcept(Sdmx.TIME_PERIOD);
    writeTextFormat("ObservationalTimePeriod");
    xml.end();
    xml.end();
  }

  private void writeAttributes(List<Sdmx.Name> attributes) {
    xml.begin("str:AttributeList", id("AttributeDescriptor"));
    for (Sdmx.Name attribute : attributes) {
      xml.begin(
          "str:Attribute", id(attribute.id()), new Attribute("assignmentStatus", "Mandatory"));
      writeConcept(attribute);
      writeEnumeration(attribute);
      xml.begin("str:AttributeRelationship");
      xml.begin("str:PrimaryMeasure");
      xml.empty("Ref", id(Sdmx.OBS_VALUE.id()));
      xml.end();
      xml.end();
      xml.end();
    }
    xml.end();
  }

  private void writeConcept(Sdmx.Name component) {
    xml.begin("str:ConceptIdentity");
    xml.empty(
        "Ref",
        id(component.id()),
        new Attribute("maintainableParentID", CONCEPTS),
        new Attribute("maintainableParentVersion", Sdmx.VERSION),
        new Attribute("agencyID", Sdmx.AGENCY),
        new Attribute("package", "conceptscheme"),
        new Attribute("class", CONCEPT));
    xml.end();
  }

  private void writeEnumeration(Sdmx.Name component) {
    xml.begin("str:LocalRepresentation");
    xml.begin("str:Enumeration");
    writeReference(LISTS + component.id(), "codelist", "Codelist");
    xml.end();
    xml.end();
  }

  private void writeTextFormat(String type) {
    xml.begin("str:LocalRepresentation");
    xml.empty("str:TextFormat", new Attribute("textType", type));
    xml.end();
  }

  private void writeReference(String id, String kind, String type) {
    xml.empty(
        "Ref",
        id(id),
        new Attribute("version", Sdmx.VERSION),
        new Attribute("agencyID", Sdmx.AGENCY),
        new Attribute("package", kind),
        new Attribute("class", type));
  }

  private static Attribute[] maintained(String id) {
    return new Attribute[] {
      id(id), new Attribute("agencyID", Sdmx.AGENCY), new Attribute("version", Sdmx.VERSION)
    };
  }

  private static Attribute id(String id) {
    return new Attribute("id", id);
  }

  private static Attribute position(int position) {
    return new Attribute("position", String.valueOf(position));
  }
}
