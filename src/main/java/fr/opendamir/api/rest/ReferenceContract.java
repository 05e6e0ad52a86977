package fr.opendamir.api.rest;

import static fr.opendamir.api.rest.ContractSchemas.integer;
import static fr.opendamir.api.rest.ContractSchemas.list;
import static fr.opendamir.api.rest.ContractSchemas.oneOf;
import static fr.opendamir.api.rest.ContractSchemas.text;

import fr.opendamir.catalog.Language;
import fr.opendamir.format.AnswerFormat;
import fr.opendamir.format.Formats;
import fr.opendamir.question.LabelStyle;
import fr.opendamir.question.Question;
import fr.opendamir.reference.ReferenceColumn;
import fr.opendamir.reference.ReferenceTable;
import fr.opendamir.reference.ReferenceTables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** The part of the OpenAPI document that derives from the reference tables. */
final class ReferenceContract {
  private static final int MOST_CODES = 200;

  private ReferenceContract() {}

  /** Adds the parameters and media types of a reference table. */
  static void complete(Operation operation) {
    Map<String, List<ReferenceTable>> tables = new LinkedHashMap<>();
    for (ReferenceTable table : ReferenceTables.load().all()) {
      for (ReferenceColumn column : table.texts()) {
        tables.computeIfAbsent(column.name(), name -> new ArrayList<>()).add(table);
      }
    }
    tables.forEach((column, having) -> operation.addParameter(filter(column, having)));
    operation
        .addParameter(
            QuestionParameters.parameter(
                "sort",
                "Columns, - before it for descending; then the keys ascending",
                list(text(null), MOST_CODES),
                List.of("-" + ReferenceTables.POPULATION)))
        .addParameter(
            QuestionParameters.parameter(
                "limit",
                "1 to 10000 rows. Default 100, or every row for files",
                integer(1, Question.MAX_LIMIT),
                100))
        .addParameter(
            QuestionParameters.parameter(
                "cursor",
                "The next page: page.next_cursor of the one before",
                text(null),
                "cG9wdWxhdGlvbkAyMDI1LjE0NzViZjIvMQ"))
        .addParameter(
            QuestionParameters.parameter(
                "labels",
                "id, name or both (default)",
                QuestionParameters.choice(LabelStyle.values()),
                "both"))
        .addParameter(
            QuestionParameters.parameter(
                "lang",
                "fr (default) or en; else Accept-Language",
                QuestionParameters.choice(Language.values()),
                "en"))
        .addParameter(
            QuestionParameters.parameter(
                "format",
                "The format; else the best of the Accept header",
                oneOf(null, Formats.OF_REFERENCES.stream().map(AnswerFormat::id).toList()),
                "csv"))
        .addParameter(QuestionParameters.dialect())
        .addParameter(QuestionParameters.download());
    Content content = OASFactory.createContent();
    for (AnswerFormat format : Formats.OF_REFERENCES) {
      content.addMediaType(
          format.mediaType().split(";", 2)[0],
          OASFactory.createMediaType().schema(QuestionContract.schema(format, "ReferenceAnswer")));
    }
    operation.getResponses().getAPIResponse("200").setContent(content);
  }

  /** The filter of a column; its example is of the first table that has the column. */
  private static Parameter filter(String column, List<ReferenceTable> tables) {
    ReferenceTable first = tables.get(0);
    int position = first.position(column);
    String example =
        first.rows().stream()
            .map(row -> row.get(position))
            .filter(value -> !value.isEmpty())
            .findFirst()
            .orElseThrow();
    return QuestionParameters.parameter(
        column,
        "Keep only these values of %s (%s)"
            .formatted(
                column, tables.stream().map(ReferenceTable::id).collect(Collectors.joining(", "))),
        list(text(null), MOST_CODES),
        List.of(example));
  }
}
