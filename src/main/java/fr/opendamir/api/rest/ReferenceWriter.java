package fr.opendamir.api.rest;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.format.AnswerFormat;
import fr.opendamir.question.LabelStyle;
import fr.opendamir.reference.ReferenceColumn;
import fr.opendamir.reference.ReferenceTable;
import fr.opendamir.table.AnswerDescription;
import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Axis;
import fr.opendamir.table.CodeNames;
import fr.opendamir.table.Column;
import fr.opendamir.table.ColumnType;
import fr.opendamir.table.Figure;
import fr.opendamir.table.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Writes reference tables in the formats of answers. */
@ApplicationScoped
class ReferenceWriter {
  private static final Label ABSENT_ROWS =
      new Label(
          "Une cellule sans valeur n'a pas de ligne dans cette page.",
          "A cell without a value has no row on this page.");
  private static final Label MEASURES = new Label("Mesure", "Measure");

  private final Catalog catalog;

  ReferenceWriter(Catalog catalog) {
    this.catalog = catalog;
  }

  byte[] write(
      ReferenceTable table, ReferenceSelection selection, AnswerFormat format, Language language) {
    List<List<String>> rows = selection.rows();
    int from = Math.min(selection.offset(), rows.size());
    int to = (int) Math.min(rows.size(), (long) from + selection.limit());
    return format.write(
        table(table, selection, language, rows.size(), to < rows.size()),
        rows.subList(from, to).stream().map(row -> row(table, row)).toList());
  }

  private AnswerTable table(
      ReferenceTable table,
      ReferenceSelection selection,
      Language language,
      int total,
      boolean hasMore) {
    List<Column> columns = new ArrayList<>();
    List<Axis> axes = new ArrayList<>();
    List<ReferenceColumn> texts = table.texts();
    for (int i = 0; i < texts.size(); i++) {
      ReferenceColumn text = texts.get(i);
      boolean isPeriod = text.name().equals("year");
      Optional<UnaryOperator<String>> labels =
          labels(text, language).filter(any -> selection.labels() != LabelStyle.ID);
      if (labels.isEmpty() || selection.labels() != LabelStyle.NAME) {
        columns.add(new Column(text.name(), isPeriod ? ColumnType.PERIOD : ColumnType.CODE, i));
      }
      if (labels.isPresent()) {
        columns.add(new Column(text.name() + "_label", ColumnType.LABEL, i, labels.get()));
      }
      if (text.type() == ReferenceColumn.Type.KEY) {
        axes.add(new Axis(text.name(), text.label().in(language), role(text), labels, names(text)));
      }
    }
    List<Figure> figures =
        table.figures().stream().map(figure -> figure(figure, language)).toList();
    for (int i = 0; i < figures.size(); i++) {
      columns.add(new Column(figures.get(i).id(), figures.get(i).type(), i));
    }
    return new AnswerTable(
        columns,
        axes,
        figures,
        Optional.of(description(table, selection, language, total, hasMore)));
  }

  private Optional<UnaryOperator<String>> labels(ReferenceColumn column, Language language) {
    return Level.find(column.name())
        .filter(level -> column.type() == ReferenceColumn.Type.KEY || level == Level.REGION)
        .filter(level -> !catalog.codes(level).isEmpty())
        .map(level -> code -> code == null ? "" : catalog.label(level, code).in(language));
  }

  private Optional<CodeNames> names(ReferenceColumn column) {
    return labels(column, Language.FR)
        .flatMap(
            french -> labels(column, Language.EN).map(english -> new CodeNames(french, english)));
  }

  private static Axis.Role role(ReferenceColumn column) {
    return switch (column.name()) {
      case "year" -> Axis.Role.TIME;
      case "region", "department", "insee" -> Axis.Role.PLACE;
      default -> Axis.Role.OTHER;
    };
  }

  private static Figure figure(ReferenceColumn column, Language language) {
    return new Figure(
        column.name(),
        column.label().in(language),
        column.decimals() == 0 ? ColumnType.COUNT : ColumnType.RATIO,
        column.unit(),
        column.decimals());
  }

  private static Row row(ReferenceTable table, List<String> values) {
    List<String> codes = new ArrayList<>(); // elements may be null
    List<BigDecimal> figures = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i).isEmpty() ? null : values.get(i);
      if (table.columns().get(i).isFigure()) {
        figures.add(value == null ? null : new BigDecimal(value));
      } else {
        codes.add(value);
      }
    }
    return new Row(codes, figures, false);
  }

  private static AnswerDescription description(
      ReferenceTable table,
      ReferenceSelection selection,
      Language language,
      int total,
      boolean hasMore) {
    String next = hasMore ? selection.nextCursor() : null;
    Map<String, Object> query = new LinkedHashMap<>(selection.parameters());
    query.put("lang", language.id());
    String self = path(table, query);
    return new AnswerDescription(
        table.label().in(language),
        MEASURES.in(language),
        new AnswerDescription.Page(selection.limit(), next, hasMore, total),
        query,
        Map.of("reference", ReferenceResource.body(table, language)),
        ABSENT_ROWS.in(language),
        Optional.empty(),
        null,
        null,
        List.of(),
        new AnswerDescription.Attribution(table.source(), table.licence(), table.updated()),
        new AnswerDescription.Links(
            self,
            next == null ? null : self + "&cursor=" + next,
            path(table, all(query)) + "&format=csv",
            "/openapi"));
  }

  private static Map<String, Object> all(Map<String, Object> query) {
    Map<String, Object> all = new LinkedHashMap<>(query);
    all.put("limit", "all");
    return all;
  }

  private static String path(ReferenceTable table, Map<String, Object> query) {
    StringBuilder path = new StringBuilder("/v1/references/" + table.id() + "?");
    query.forEach(
        (name, value) ->
            path.append(path.charAt(path.length() - 1) == '?' ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8)));
    return path.toString();
  }
}
