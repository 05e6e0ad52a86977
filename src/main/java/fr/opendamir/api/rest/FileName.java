package fr.opendamir.api.rest;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.format.AnswerFormat;
import fr.opendamir.query.BoundQuestion;
import fr.opendamir.query.Release;
import fr.opendamir.question.Question;
import fr.opendamir.reference.ReferenceTable;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The name under which browsers save an answer: {@code open-damir-<what>-<release>.<extension>}, of
 * letters, digits, points, hyphens and underscores.
 */
record FileName(String name) {
  /** With more measures, the name does not list them. */
  private static final int MOST_MEASURES = 3;

  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]");
  private static final String INLINE = "inline";
  private static final String ATTACHMENT = "attachment";

  /** The name of the answer to a question: its measures and levels, and its release. */
  static FileName of(BoundQuestion bound) {
    Question question = bound.query();
    String measures =
        question.measures().size() > MOST_MEASURES
            ? "figures"
            : joined(question.measures().stream().map(Measure::id).toList());
    String levels =
        question.groupBy().isEmpty()
            ? ""
            : "-by-" + joined(question.groupBy().stream().map(Level::id).toList());
    String from = bound.base().map(Release::id).map(base -> "-from-" + base + "-to").orElse("");
    return new FileName(measures + levels + from + "-" + bound.release().id());
  }

  /** The name of a reference table, with its version. */
  static FileName of(ReferenceTable table) {
    return new FileName(table.versionedId());
  }

  /** The name of a list of codes. */
  static FileName ofCodes(Level level) {
    return new FileName("codes-" + level.id());
  }

  private static String joined(List<String> ids) {
    return String.join("-", ids);
  }

  /** The header {@code Content-Disposition}. Browsers show the answer if they can. */
  Map.Entry<String, String> header(AnswerFormat format) {
    return Map.entry(
        HttpHeaders.CONTENT_DISPOSITION,
        INLINE
            + "; filename=\"open-damir-"
            + UNSAFE.matcher(name).replaceAll("-")
            + "."
            + format.fileExtension()
            + "\"");
  }

  /** The same response, which browsers save even if they can show it. */
  static Response asAttachment(Response answer) {
    String shown = answer.getHeaderString(HttpHeaders.CONTENT_DISPOSITION);
    return shown == null
        ? answer
        : Response.fromResponse(answer)
            .header(HttpHeaders.CONTENT_DISPOSITION, null) // removes it
            .header(HttpHeaders.CONTENT_DISPOSITION, shown.replaceFirst(INLINE, ATTACHMENT))
            .build();
  }
}
