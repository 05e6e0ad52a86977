package fr.opendamir.api.pages;

import fr.opendamir.api.http.StaticFile;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A page with places {@code {{name}}} for what is filled in. */
final class PageTemplate {
  private final String text;

  private PageTemplate(String text) {
    this.text = text;
  }

  /**
   * Reads a template.
   *
   * @param resource path relative to this class
   */
  static PageTemplate of(String resource) {
    return new PageTemplate(
        new String(StaticFile.read(PageTemplate.class, resource), StandardCharsets.UTF_8));
  }

  /**
   * The text with the places filled in.
   *
   * @param values HTML, by the names of the places
   */
  String filled(Map<String, String> values) {
    String filled = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace("{{" + value.getKey() + "}}", value.getValue());
    }
    return filled;
  }

  /** A text as HTML, which may stand in an attribute too. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
