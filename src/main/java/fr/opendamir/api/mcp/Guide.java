package fr.opendamir.api.mcp;

import fr.opendamir.catalog.Language;
import java.util.List;

/** What an agent must know before it tells figures: {@code guide.md}, and its caveats as a list. */
final class Guide {
  private static final String TEXT = Json.resource("guide.md");
  private static final List<String> FRENCH = lines("caveats_fr.txt");
  private static final List<String> ENGLISH = lines("caveats_en.txt");

  private Guide() {}

  /** The guide, in Markdown, with the caveats. */
  static String text() {
    return TEXT
        + "\n"
        + String.join("\n", ENGLISH.stream().map(line -> "- " + line).toList())
        + "\n";
  }

  static List<String> caveats(Language language) {
    return language == Language.FR ? FRENCH : ENGLISH;
  }

  private static List<String> lines(String name) {
    return Json.resource(name).lines().filter(line -> !line.isBlank()).toList();
  }
}
