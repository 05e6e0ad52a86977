package fr.opendamir.api.discovery;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a small XML document in UTF-8, in one namespace. */
final class XmlDocument {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final XMLStreamWriter out;

  /** Opens the root element. */
  XmlDocument(String root, String namespace, Map<String, String> attributes) {
    try {
      out =
          XMLOutputFactory.newDefaultFactory()
              .createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
      out.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
      out.writeStartElement(root);
      out.writeDefaultNamespace(namespace);
      writeAttributes(attributes);
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
  }

  /** Writes an element with a text. */
  XmlDocument text(String name, String text) {
    return element(name, Map.of(), () -> write(() -> out.writeCharacters(text)));
  }

  /** Writes an element without content; attributes in their order. */
  XmlDocument empty(String name, Map<String, String> attributes) {
    write(
        () -> {
          out.writeEmptyElement(name);
          writeAttributes(attributes);
        });
    return this;
  }

  /** Writes an element whose content the last argument writes. */
  XmlDocument element(String name, Runnable content) {
    return element(name, Map.of(), content);
  }

  private XmlDocument element(String name, Map<String, String> attributes, Runnable content) {
    write(
        () -> {
          out.writeStartElement(name);
          writeAttributes(attributes);
          content.run();
          out.writeEndElement();
        });
    return this;
  }

  /** Closes the root element; nothing can be written afterwards. */
  byte[] end() {
    write(
        () -> {
          out.writeEndDocument();
          out.close();
        });
    return bytes.toByteArray();
  }

  private void writeAttributes(Map<String, String> attributes) throws XMLStreamException {
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      if (attribute.getKey().equals("xml:lang")) {
        out.writeAttribute(
            "xml", "http://www.w3.org/XML/1998/namespace", "lang", attribute.getValue());
      } else {
        out.writeAttribute(attribute.getKey(), attribute.getValue());
      }
    }
  }

  private static void write(Step step) {
    try {
      step.run();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
  }

  private interface Step {
    void run() throws XMLStreamException;
  }
}
