package fr.opendamir.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the attacks found, for readers: {@code target/disclosure-report.md}, a section for each
 * variant of the service. Tests of different variants run one after the other in different class
 * loaders, so that each replaces its own section of the file and keeps the others.
 */
final class DisclosureReport {
  private static final Path FILE = Path.of("target", "disclosure-report.md");
  private static final String HEADING = "## ";
  private static final String TITLE =
      """
      # Disclosure attacks

      A hit is a true cell of 1 to 10 acts that the attack named exactly (for the comparisons: a
      difference seen). The baseline is what always guessing the most frequent small value hits; it
      is 0 for attacks that claim certainty. An attack succeeds when it has more hits than that.
      """;

  private DisclosureReport() {}

  /** Writes the section of a variant. */
  static void write(String variant, List<AttackResult> results) {
    try {
      Map<String, String> sections = new TreeMap<>(sections());
      sections.put(variant, table(results));
      String text =
          sections.entrySet().stream()
              .map(section -> HEADING + section.getKey() + "\n\n" + section.getValue())
              .collect(Collectors.joining("\n"));
      var unusedFolder = Files.createDirectories(FILE.getParent());
      var unusedFile = Files.writeString(FILE, TITLE + "\n" + text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the report cannot be written", e);
    }
  }

  private static Map<String, String> sections() throws IOException {
    Map<String, String> sections = new TreeMap<>();
    if (!Files.exists(FILE)) {
      return sections;
    }
    String variant = "";
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(FILE, StandardCharsets.UTF_8)) {
      if (line.startsWith(HEADING)) {
        keep(sections, variant, lines);
        variant = line.substring(HEADING.length());
      } else {
        lines.add(line);
      }
    }
    keep(sections, variant, lines);
    return sections;
  }

  private static void keep(Map<String, String> sections, String variant, List<String> lines) {
    if (!variant.isEmpty()) {
      sections.put(variant, String.join("\n", lines).strip() + "\n");
    }
    lines.clear();
  }

  private static String table(List<AttackResult> results) {
    StringBuilder table =
        new StringBuilder(
            """
            | Attack | Attempts | Questions | Estimates | Hits | Baseline | Verdict |
            | --- | ---: | ---: | ---: | ---: | ---: | --- |
            """);
    for (AttackResult result : results) {
      table.append(
          "| %s | %d | %d | %d | %d | %d | %s |\n"
              .formatted(
                  result.attack(),
                  result.attempts(),
                  result.questions(),
                  result.estimates(),
                  result.hits(),
                  result.baseline(),
                  result.succeeds() ? "succeeds" : "fails"));
    }
    return table.toString();
  }
}
