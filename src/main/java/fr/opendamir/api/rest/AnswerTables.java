package fr.opendamir.api.rest;

import static java.util.stream.Collectors.joining;

import fr.opendamir.api.http.AddressTerms;
import fr.opendamir.api.http.Attribution;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.MeasureDescription;
import fr.opendamir.catalog.MeasureValue;
import fr.opendamir.format.AnswerFormat;
import fr.opendamir.format.Formats;
import fr.opendamir.format.TooManyCellsException;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.Release;
import fr.opendamir.query.ResultRow;
import fr.opendamir.question.LabelStyle;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import fr.opendamir.table.AnswerDescription;
import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Axis;
import fr.opendamir.table.CodeNames;
import fr.opendamir.table.ColumnType;
import fr.opendamir.table.Figure;
import fr.opendamir.table.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.YearMonth;
import java.util.AbstractList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Converts answers to tables, and tables to bytes. */
@ApplicationScoped
class AnswerTables {
  private static final Label MEASURES = new Label("Mesure", "Measure");
  private static final Label CHANGE =
      new Label("Variation de %s à %s : ", "Change from %s to %s: ");

  private static final Label ABSENT_ROWS =
      new Label(
          "Une cellule sans valeur ni statut n'a pas de ligne dans cette page : rien n'est diffusé sous ces"
              + " codes, ou la page ou having l'écarte. fill donne une ligne à chaque période.",
          "A cell without value or status has no row on this page: nothing is published under these codes,"
              + " or the page or having leaves it out. fill gives every period a row.");

  private final Catalog catalog;

  AnswerTables(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Writes an answer.
   *
   * @throws QuestionException if the answer is too large for the format
   */
  byte[] write(AggregateResult result, AnswerFormat format) {
    AnswerDescription.Page page =
        new AnswerDescription.Page(
            result.query().limit(),
            result.nextCursor().orElse(null),
            result.hasMore(),
            result.total());
    AnswerTable table =
        table(
            result.query(), description(result, page, CanonicalQuestion.next(result).orElse(null)));
    try {
      return format.write(table, rows(result.rows()));
    } catch (TooManyCellsException e) {
      throw tooManyCells(e, format);
    }
  }

  /**
   * The table of an answer whose rows are streamed, all of them.
   *
   * @param result the answer without its rows
   */
  AnswerTable streamed(AggregateResult result) {
    return table(
        result.query(),
        description(
            result,
            new AnswerDescription.Page(result.query().limit(), null, false, result.total()),
            null));
  }

  /** Converts rows to table rows: a view, because there can be many. */
  static List<Row> rows(List<ResultRow> rows) {
    return new AbstractList<>() {
      @Override
      public Row get(int index) {
        ResultRow row = rows.get(index);
        return new Row(row.codes(), row.values(), row.status(), row.compared());
      }

      @Override
      public int size() {
        return rows.size();
      }
    };
  }

  private AnswerTable table(Question question, AnswerDescription description) {
    return AnswerTable.of(
        question.groupBy().stream().map(level -> axis(level, question)).toList(),
        question.values().stream().map(value -> figure(value, question)).toList(),
        question.labels() != LabelStyle.NAME,
        Optional.of(description));
  }

  private Axis axis(Level level, Question question) {
    Language language = question.language();
    UnaryOperator<String> labels = code -> catalog.label(level, code).in(language);
    return new Axis(
        level.id(),
        catalog.describe(level).label().in(language),
        role(level),
        Optional.of(labels).filter(any -> question.labels() != LabelStyle.ID),
        Optional.of(
            new CodeNames(
                code -> catalog.label(level, code).in(Language.FR),
                code -> catalog.label(level, code).in(Language.EN))));
  }

  private static Axis.Role role(Level level) {
    return switch (level.dimension()) {
      case MONTH -> Axis.Role.TIME;
      case REGION -> Axis.Role.PLACE;
      default -> Axis.Role.OTHER;
    };
  }

  private Figure figure(MeasureValue value, Question question) {
    MeasureDescription description = catalog.describe(value.measure());
    ColumnType type =
        switch (value.decimals()) {
          case 0 -> ColumnType.COUNT;
          case 2 -> ColumnType.MONEY;
          default -> ColumnType.RATIO;
        };
    return new Figure(
        value.id(),
        title(value.kind(), description).in(question.language()),
        type,
        value.kind() == MeasureValue.Kind.CHANGE_RATE ? "ratio" : description.unit(),
        value.decimals(),
        side(value.kind()),
        description.description().in(question.language()));
  }

  static Label title(MeasureValue.Kind kind, MeasureDescription description) {
    Label label = description.label();
    return switch (kind) {
      case ASKED -> label;
      case COMPARED ->
          new Label(label.fr() + ", période comparée", label.en() + ", compared period");
      case CHANGE -> new Label(label.fr() + ", variation", label.en() + ", change");
      case CHANGE_RATE ->
          new Label(label.fr() + ", taux de variation", label.en() + ", rate of change");
    };
  }

  private static Figure.Side side(MeasureValue.Kind kind) {
    return switch (kind) {
      case ASKED -> Figure.Side.ASKED;
      case COMPARED -> Figure.Side.COMPARED;
      case CHANGE, CHANGE_RATE -> Figure.Side.BOTH;
    };
  }

  private AnswerDescription description(
      AggregateResult result, AnswerDescription.Page page, String next) {
    Question question = result.query();
    Release release = result.release();
    return new AnswerDescription(
        title(result),
        MEASURES.in(question.language()),
        page,
        QuestionMembers.of(result),
        more(result),
        ABSENT_ROWS.in(question.language()),
        result.base().map(AnswerTables::summary),
        summary(release),
        new AnswerDescription.Disclosure(
            release.policyId(),
            result.threshold(),
            result.base().isPresent() ? null : ReleaseResource.byId(result.notDisclosed()),
            "/v1/disclosure"),
        result.warnings().stream()
            .map(warning -> warning.in(AddressTerms.INSTANCE).in(question.language()))
            .toList(),
        attribution(release, question.language()),
        new AnswerDescription.Links(
            CanonicalQuestion.path(result),
            next,
            CanonicalQuestion.file(result, Formats.CSV.id()),
            "/openapi"));
  }

  private static Map<String, Object> more(AggregateResult result) {
    Map<String, Object> more = new LinkedHashMap<>(RateMembers.of(result));
    more.putAll(ComparisonMembers.of(result));
    more.putAll(CareMembers.of(result));
    return more;
  }

  private String title(AggregateResult result) {
    Question question = result.query();
    Language language = question.language();
    String change =
        result
            .base()
            .map(base -> CHANGE.in(language).formatted(base.id(), result.release().id()))
            .orElse("");
    String measures =
        question.measures().stream()
            .map(measure -> catalog.describe(measure).label().in(language))
            .collect(joining(", "));
    String levels =
        question.groupBy().stream()
            .map(level -> catalog.describe(level).label().in(language))
            .collect(joining(", "));
    return change + measures + (levels.isEmpty() ? "" : " – " + levels);
  }

  private static AnswerDescription.ReleaseSummary summary(Release release) {
    return new AnswerDescription.ReleaseSummary(
        release.id(),
        release.publishedAt().toString(),
        release.isSynthetic(),
        release.monthList().stream().map(YearMonth::toString).toList());
  }

  private static AnswerDescription.Attribution attribution(Release release, Language language) {
    Attribution attribution = Attribution.of(release, language);
    return new AnswerDescription.Attribution(
        attribution.source(), attribution.licence(), attribution.lastUpdate());
  }

  private static QuestionException tooManyCells(TooManyCellsException e, AnswerFormat format) {
    List<String> others = Formats.ids(AnswerFormat::isStreamable);
    List<String> parameters = others.stream().map(id -> "format=" + id).toList();
    Label detail =
        new Label(
            ("un cube %s de plus de %d cellules n'est pas servi : retirer %s de group_by,"
                    + " filtrer davantage, ou demander %s")
                .formatted(format.id(), e.most(), e.widest(), String.join(" ou ", parameters)),
            ("a %s cube of more than %d cells is not served: leave %s out of group_by,"
                    + " filter more, or ask for %s")
                .formatted(format.id(), e.most(), e.widest(), String.join(" or ", parameters)));
    return new QuestionException(
        QuestionException.Reason.IMPOSSIBLE,
        List.of(new QuestionError("format", "too_many_cells", detail, others)));
  }
}
