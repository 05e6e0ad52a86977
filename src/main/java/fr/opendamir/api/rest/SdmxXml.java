package fr.opendamir.api.rest;

import fr.opendamir.format.Sdmx;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes elements of SDMX-ML 2.1, whose names have the prefixes {@code mes, str} and {@code com}.
 */
final class SdmxXml {
  private static final String SCHEMAS = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/";

  /** Sorted, so that equal documents have equal bytes. */
  private static final Map<String, String> NAMESPACES =
      new TreeMap<>(Map.of("mes", "message", "str", "structure", "com", "common"));

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final XMLStreamWriter writer;
  private int depth;

  /** An attribute. */
  record Attribute(String name, String value) {}

  SdmxXml() {
    try {
      writer =
          XMLOutputFactory.newFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
      writer.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
    } catch (XMLStreamException e) {
      throw cannotFail(e);
    }
  }

  /** Begins an element on a line of its own. */
  void begin(String name, Attribute... attributes) {
    try {
      writer.writeCharacters("\n");
      writer.writeStartElement(name);
      if (depth++ == 0) {
        for (Map.Entry<String, String> namespace : NAMESPACES.entrySet()) {
          writer.writeNamespace(namespace.getKey(), SCHEMAS + namespace.getValue());
        }
      }
      for (Attribute attribute : attributes) {
        writer.writeAttribute(attribute.name(), attribute.value());
      }
    } catch (XMLStreamException e) {
      throw cannotFail(e);
    }
  }

  void end() {
    try {
      writer.writeEndElement();
      depth--;
    } catch (XMLStreamException e) {
      throw cannotFail(e);
    }
  }

  /** Writes an element without children. */
  void empty(String name, Attribute... attributes) {
    begin(name, attributes);
    end();
  }

  /** Writes an element that has a text only. */
  void text(String name, String text, Attribute... attributes) {
    begin(name, attributes);
    try {
      writer.writeCharacters(text);
    } catch (XMLStreamException e) {
      throw cannotFail(e);
    }
    end();
  }

  /** Writes the names of what the current element defines. */
  void names(Sdmx.Name name) {
    text("com:Name", name.french(), new Attribute("xml:lang", "fr"));
    text("com:Name", name.english(), new Attribute("xml:lang", "en"));
  }

  byte[] bytes() {
    try {
      writer.writeEndDocument();
      writer.close();
      return bytes.toByteArray();
    } catch (XMLStreamException e) {
      throw cannotFail(e);
    }
  }

  private static IllegalStateException cannotFail(XMLStreamException e) {
    return new IllegalStateException("writing to memory cannot fail", e);
  }
}
