package fr.opendamir.ingest.aggregate;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.disclosure.CodeColumn;
import fr.opendamir.disclosure.LineTraits;
import fr.opendamir.ingest.source.Dialect;
import fr.opendamir.ingest.source.MonthlyFile;
import fr.opendamir.ingest.source.RequiredColumns;
import fr.opendamir.ingest.source.SourceColumn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The single statement that reads a monthly file and sums the lines by all public dimensions and by
 * traits of the amounts. It is for files that the strict reader has read, which rejects everything
 * that this statement would accept leniently.
 */
final class ScanSql {
  private static final String END = "_end";

  private final MonthlyFile file;
  private final List<CodeColumn> columns;
  private final Set<SourceColumn> wordColumns;
  private final boolean cleaned;
  private final boolean windowsLineEnds;

  /**
   * Prepares the statement.
   *
   * @param wordColumns columns that hold other values than plain numbers
   * @param windowsLineEnds whether lines end with CR LF
   */
  ScanSql(
      MonthlyFile file,
      List<CodeColumn> columns,
      Set<SourceColumn> wordColumns,
      boolean windowsLineEnds) {
    this.file = file;
    this.columns = columns;
    this.wordColumns = wordColumns;
    this.cleaned = !file.dialect().equals(Dialect.PLAIN);
    this.windowsLineEnds = windowsLineEnds;
  }

  /**
   * Renders the statement; {@code service_weight} must hold the acts per person of services.
   *
   * @param table the table that it creates
   * @param text the file, or a copy of it
   * @param compressed whether it is compressed with gzip
   * @param otherwise the acts per person of any other service
   */
  String render(String table, Path text, boolean compressed, int otherwise) {
    String keys = columns.stream().map(CodeColumn::name).collect(joining(", "));
    String fewPersons =
        "abs(coalesce(FLT_ACT_QTE, 0)) <= 2 * coalesce(acts_per_person, %d)".formatted(otherwise);
    return """
           -- name: sum the lines of a monthly file into atoms
           CREATE TABLE %s AS
           SELECT %s, traits, %s, %s AS counted, count(*) AS lines,
             count(*) FILTER (coalesce(FLT_ACT_QTE, 0) = 0) AS bare,
             %s AS top_charged, %s AS top_reimbursed
           FROM (SELECT %s, (%s)::INTEGER AS traits, *
             FROM %s LEFT JOIN service_weight ON PRS_NAT = weighted_service::%s)
           GROUP BY %s, traits
           """
        .formatted(
            table,
            keys,
            Arrays.stream(SourceMeasure.values()).map(ScanSql::sum).collect(joining(", ")),
            file.has(SourceColumn.FLT_ACT_NBR)
                ? "coalesce(sum(coalesce(nullif(FLT_ACT_NBR, 0), FLT_ACT_QTE)), 0)::BIGINT"
                : "coalesce(sum(FLT_ACT_QTE), 0)::BIGINT",
            largest(SourceMeasure.CHARGED, fewPersons),
            largest(SourceMeasure.REIMBURSED, fewPersons),
            columns.stream().map(this::key).collect(joining(", ")),
            LineTraits.sql(measure -> "coalesce(" + measure.variable() + ", 0)"),
            cleaned ? cleanedCsv(readCsv(text, compressed)) : readCsv(text, compressed),
            type(SourceColumn.PRS_NAT.name()),
            keys);
  }

  /** Sum of cents or acts of an atom; a missing value of a short line adds nothing. */
  private static String sum(SourceMeasure measure) {
    return "coalesce(sum(%s)%s, 0)::BIGINT AS %s"
        .formatted(measure.variable(), measure.isAmount() ? " * 100" : "", measure.id());
  }

  private static String largest(SourceMeasure measure, String condition) {
    return "coalesce(max(abs(%s)) FILTER (%s) * 100, 0)::BIGINT"
        .formatted(measure.variable(), condition);
  }

  private String key(CodeColumn column) {
    if (column.dimension() == Dimension.CARE_LAG) {
      return careLag(column) + " AS " + column.name();
    }
    SourceColumn source = CodeColumns.source(column.dimension());
    String value =
        column.numeric()
            ? source + "::INTEGER"
            : "'%s' || nullif(%s, '')".formatted(file.layout().codePrefix(source), source);
    return "coalesce(%s, %s) AS %s"
        .formatted(value, column.literal(ReservedCodes.NOT_FILLED), column.name());
  }

  /**
   * Whole months from care to processing: exact up to five, then ranges. Placeholder dates
   * (0000/00, 0001/01) and care after its processing are unknown.
   */
  private String careLag(CodeColumn column) {
    String year = dateNumber(SourceColumn.SOI_ANN);
    String month = dateNumber(SourceColumn.SOI_MOI);
    String lag =
        "(FLX_ANN_MOI // 100 * 12 + FLX_ANN_MOI %% 100 - %s * 12 - %s)".formatted(year, month);
    return """
           CASE WHEN coalesce(%1$s, 0) < 1000 OR coalesce(%2$s, 0) NOT BETWEEN 1 AND 12 OR %3$s < 0
             THEN %4$s WHEN %3$s <= 5 THEN %3$s WHEN %3$s <= 11 THEN %5$s ELSE %6$s END"""
        .formatted(
            year,
            month,
            lag,
            column.literal("unknown"),
            column.literal("6_11"),
            column.literal("12_plus"));
  }

  /**
   * A value that is not a plain number becomes null. A bare cast of the column would be pushed into
   * the CSV reader.
   */
  private String dateNumber(SourceColumn column) {
    return wordColumns.contains(column)
        ? "CASE WHEN regexp_full_match(%s, '[0-9]{1,4}') THEN try_cast(concat(%s, '') AS INTEGER) END"
            .formatted(column, column)
        : column + "::INTEGER";
  }

  /**
   * Takes quotes and decimal commas from texts, so that the reader of the database need not
   * interpret them. A line of an empty value in quotes is an empty line.
   */
  private String cleanedCsv(String csv) {
    List<String> values = new ArrayList<>();
    for (SourceColumn column : SourceColumn.values()) {
      if (file.has(column)) {
        String cleaned = column.name();
        if (file.dialect().quoted()) {
          cleaned = "regexp_replace(%s, '^\"(.*)\"$', '\\1')".formatted(cleaned);
        }
        if (file.dialect().decimalMark() == ',' && column.isMeasure()) {
          cleaned = "replace(%s, ',', '.')".formatted(cleaned);
        }
        values.add("nullif(%s, '')::%s AS %s".formatted(cleaned, type(column.name()), column));
      }
    }
    return "(SELECT * FROM (SELECT %s FROM %s) WHERE %s IS NOT NULL)"
        .formatted(String.join(", ", values), csv, SourceColumn.FLX_ANN_MOI);
  }

  private String readCsv(Path text, boolean compressed) {
    List<String> types = new ArrayList<>();
    for (String name : file.header()) {
      // Unknown columns are not read, and can have any name, or none.
      boolean isKnown = SourceColumn.find(name).isPresent();
      types.add(
          "'%s': '%s'"
              .formatted(
                  isKnown ? name : "_unread_" + types.size(), cleaned ? "VARCHAR" : type(name)));
    }
    if (file.trailingSeparator()) {
      types.add("'%s': 'VARCHAR'".formatted(END));
    }
    return
"""
read_csv('%s', columns = {%s}, auto_detect = false, header = false, skip = 1, delim = ';',
  quote = '', escape = '', comment = '', null_padding = true, strict_mode = true%s,
  compression = '%s')"""
        .formatted(
            pattern(text),
            String.join(", ", types),
            windowsLineEnds ? "" : ", new_line = '\\n'",
            compressed ? "gzip" : "none");
  }

  /** DuckDB treats a file name as a glob pattern; a set of one character escapes that character. */
  private static String pattern(Path path) {
    return path.toString().replaceAll("([*?\\[])", "[$1]").replace("'", "''");
  }

  private String type(String name) {
    SourceColumn column = SourceColumn.find(name).orElse(null);
    if (column == null || wordColumns.contains(column)) {
      return "VARCHAR";
    }
    if (column == SourceColumn.FLT_ACT_NBR
        || Arrays.stream(SourceMeasure.values()).anyMatch(m -> m.variable().equals(name))) {
      return "DECIMAL(18,2)";
    }
    if (column == SourceColumn.FLX_ANN_MOI) {
      return "INTEGER";
    }
    boolean isNumber =
        RequiredColumns.CODES.contains(column)
            || column == SourceColumn.SOI_ANN
            || column == SourceColumn.SOI_MOI;
    return isNumber ? "USMALLINT" : "VARCHAR";
  }
}
