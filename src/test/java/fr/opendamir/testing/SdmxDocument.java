package fr.opendamir.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A document of structures (SDMX-ML 2.1), as a program reads it. */
public final class SdmxDocument {
  private static final String SCHEMAS = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/";
  private static final String IDENTIFIER = "[A-Za-z0-9_@$\\-]+";

  private final Element root;

  /** The code lists, by identifier: codes with their element. */
  private final Map<String, Map<String, Element>> lists = new LinkedHashMap<>();

  private final List<String> problems = new ArrayList<>();

  public SdmxDocument(byte[] bytes) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
      root =
          factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes)).getDocumentElement();
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new IllegalStateException("not an XML document", e);
    }
    for (Element list : elements(root, "structure", "Codelist")) {
      Map<String, Element> codes = new LinkedHashMap<>();
      for (Element code : elements(list, "structure", "Code")) {
        if (codes.put(code.getAttribute("id"), code) != null) {
          problems.add("twice: " + code.getAttribute("id") + " of " + list.getAttribute("id"));
        }
      }
      lists.put(list.getAttribute("id"), codes);
    }
  }

  /** The identifiers of the components of a kind, in order. */
  public List<String> components(String kind) {
    return elements(root, "structure", kind).stream().map(one -> one.getAttribute("id")).toList();
  }

  /** The codes of a component; none if it is not coded. */
  public Set<String> codes(String component) {
    return lists.getOrDefault("CL_" + component, Map.of()).keySet();
  }

  /** The name of a code in a language. */
  public String name(String component, String code, String language) {
    return name(lists.get("CL_" + component).get(code), language).orElseThrow();
  }

  /** What breaks a rule of SDMX: identifiers, names in both languages, references. */
  public List<String> problems() {
    Set<String> defined = new HashSet<>();
    for (String kind : List.of("Codelist", "ConceptScheme", "DataStructure", "Concept", "Code")) {
      for (Element one : elements(root, "structure", kind)) {
        String id = one.getAttribute("id");
        defined.add(kind + " " + id);
        if (!id.matches(IDENTIFIER)) {
          problems.add("not an identifier: " + id);
        }
        if (name(one, "fr").isEmpty() || name(one, "en").isEmpty()) {
          problems.add("no names: " + id);
        }
      }
    }
    NodeList references = root.getElementsByTagName("Ref");
    for (int i = 0; i < references.getLength(); i++) {
      Element reference = (Element) references.item(i);
      String target = reference.getAttribute("class") + " " + reference.getAttribute("id");
      if (reference.hasAttribute("class") && !defined.contains(target)) {
        problems.add("not defined: " + target);
      }
    }
    return problems;
  }

  private static Optional<String> name(Element of, String language) {
    return elements(of, "common", "Name").stream()
        .filter(name -> name.getParentNode() == of)
        .filter(name -> name.getAttribute("xml:lang").equals(language))
        .map(Element::getTextContent)
        .filter(name -> !name.isBlank())
        .findFirst();
  }

  private static List<Element> elements(Element in, String namespace, String name) {
    NodeList found = in.getElementsByTagNameNS(SCHEMAS + namespace, name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }
}
