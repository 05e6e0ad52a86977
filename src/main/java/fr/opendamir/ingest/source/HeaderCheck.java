package fr.opendamir.ingest.source;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Requires that the first line of a file is the header of a monthly file; says what it is instead.
 */
final class HeaderCheck {
  private final Path path;

  HeaderCheck(Path path) {
    this.path = path;
  }

  /**
   * @param names the columns of the first line
   * @throws InvalidSourceFileException says what is wrong, and never quotes a line of data
   */
  void require(List<String> names) {
    refuseQuotes(names);
    if (names.size() == 1) {
      refuseOtherSeparator(names.get(0));
    }
    List<String> missing =
        RequiredColumns.ALL.stream().map(Enum::name).filter(name -> !names.contains(name)).toList();
    if (missing.size() > RequiredColumns.ALL.size() / 2) {
      throw noHeader(names);
    }
    Set<String> folded = new HashSet<>(); // the analytical database ignores case
    for (String name : names) {
      if (!folded.add(upper(name))) {
        throw problem("the header names column " + FileInspection.printable(name) + " twice");
      }
    }
    if (!missing.isEmpty()) {
      List<String> unknown =
          names.stream().filter(name -> SourceColumn.find(name).isEmpty()).limit(5).toList();
      throw problem(
          "lacks the required column"
              + (missing.size() > 1 ? "s " : " ")
              + String.join(", ", missing)
              + (unknown.isEmpty()
                  ? ""
                  : "; its header has "
                      + unknown.stream().map(FileInspection::printable).collect(joining(", "))
                      + ", which no layout knows: was a column renamed?"));
    }
  }

  private void refuseQuotes(List<String> names) {
    boolean quoted =
        names.stream()
            .map(name -> name.replaceFirst("^([\"'])(.*)\\1$", "$2"))
            .anyMatch(bare -> !names.contains(bare) && SourceColumn.find(upper(bare)).isPresent());
    if (quoted) {
      throw problem(
          "its column names are in quotes that cannot be read; export it without, or remove them"
              + " with tr -d '\"'");
    }
  }

  private void refuseOtherSeparator(String header) {
    for (String separator : List.of(",", "\t", "|", ":", " ")) {
      List<String> names = List.of(header.split(Pattern.quote(separator), -1));
      if (names.stream()
              .map(name -> upper(name.replaceAll("[\"']", "").strip()))
              .filter(name -> SourceColumn.find(name).isPresent())
              .count()
          > 10) {
        throw problem(
            "columns are separated by "
                + (separator.equals("\t") ? "tabs" : "'" + separator + "'")
                + " instead of ';'; import the file as the producer publishes it");
      }
    }
    throw noHeader(List.of(header));
  }

  /** The message does not quote a line of data, which may be about one person. */
  private InvalidSourceFileException noHeader(List<String> names) {
    if (names.get(0).matches("(19|20)\\d{4}([;,\t|].*)?")) {
      return problem(
          "its first line is a line of data: the header is missing; put the line"
              + " FLX_ANN_MOI;ORG_CLE_REG;… of a file of the same year before it");
    }
    return problem(
        "is not a monthly Open DAMIR file: its first line starts with "
            + FileInspection.printable(names.get(0))
            + " and is not the header FLX_ANN_MOI;ORG_CLE_REG;…");
  }

  static String upper(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  private InvalidSourceFileException problem(String text) {
    return new InvalidSourceFileException(path, text);
  }
}
