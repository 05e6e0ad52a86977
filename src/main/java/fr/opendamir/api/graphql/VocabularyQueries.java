package fr.opendamir.api.graphql;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.CodeEntry;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.LabelSearch;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureNotes;
import fr.opendamir.catalog.Validity;
import fr.opendamir.query.CodeLists;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import fr.opendamir.query.ReplacedException;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import graphql.schema.DataFetchingEnvironment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Dimensions, measures, releases, and their fields. */
@ApplicationScoped
class VocabularyQueries {
  /** The price of a search, found or refused, besides the codes it reads, in bytes of an answer. */
  private static final long SEARCH = 2_000;

  /** Characters that are compared with a code while a byte of an answer is written. */
  private static final int CHARACTERS_PER_BYTE = 8;

  /** A code of the code list of a level. */
  private record ListedCode(Level level, CodeEntry entry) {}

  private final Catalog catalog;
  private final CodeLists codes;
  private final ReleaseCatalog releases;

  VocabularyQueries(Catalog catalog, CodeLists codes, ReleaseCatalog releases) {
    this.catalog = catalog;
    this.codes = codes;
    this.releases = releases;
  }

  void addTo(Fetchers fetchers) {
    fetchers
        .query("dimensions", environment -> named(environment, Level.values()))
        .query("measures", environment -> named(environment, Measure.values()))
        .query("releases", this::releases);
    addDimensions(fetchers);
    fetchers
        .type("Vintage", Validity.class)
        .field("validFrom", validity -> text(validity.from()))
        .field("validTo", validity -> text(validity.to()));
    addCodes(fetchers);
    addMeasures(fetchers);
  }

  private static <T> List<T> named(DataFetchingEnvironment environment, T[] all) {
    List<T> names = Lists.orEmpty(environment.getArgument("names"));
    return (names.isEmpty() ? Arrays.asList(all) : names).stream().distinct().toList();
  }

  private void addDimensions(Fetchers fetchers) {
    fetchers
        .type("Dimension", Level.class)
        .field("name", level -> level)
        .field("field", level -> SchemaNames.field(level))
        .field("id", Level::id)
        .field("dimension", level -> Level.of(level.dimension()).get(0))
        .field(
            "coarserLevels",
            level -> level.isFinest() ? Level.coarserOf(level.dimension()) : List.of())
        .field("damir", level -> catalog.describe(level).variables())
        .field(
            "label",
            (level, environment) -> catalog.describe(level).label().in(Asked.language(environment)))
        .field(
            "description",
            (level, environment) ->
                catalog.describe(level).description().in(Asked.language(environment)))
        .field("vintages", level -> catalog.vintages(level))
        .field("codes", (level, environment) -> Fetchers.stage(codes(level, environment)));
  }

  private void addCodes(Fetchers fetchers) {
    Fetchers.OfType<ListedCode> code =
        fetchers
            .type("DimensionCode", ListedCode.class)
            .field("code", listed -> listed.entry().code())
            .field(
                "label",
                (listed, environment) -> listed.entry().label().in(Asked.language(environment)))
            .field("validFrom", listed -> text(listed.entry().validity().from()))
            .field("validTo", listed -> text(listed.entry().validity().to()));
    for (Level level : Level.values()) {
      if (!level.isFinest() && level.periodForm().isEmpty()) {
        code.field(SchemaNames.field(level), listed -> coarser(level, listed));
      }
    }
  }

  private static String text(Optional<YearMonth> month) {
    return month.map(YearMonth::toString).orElse(null);
  }

  private Code coarser(Level coarser, ListedCode code) {
    return code.level().isFinest() && code.level().dimension() == coarser.dimension()
        ? new Code(coarser, catalog.coarser(coarser, code.entry().code()))
        : null;
  }

  private void addMeasures(Fetchers fetchers) {
    fetchers
        .type("Measure", Measure.class)
        .field("name", measure -> measure)
        .field("field", measure -> SchemaNames.field(measure))
        .field("id", Measure::id)
        .field(
            "damir",
            measure ->
                Optional.of(catalog.describe(measure).variable())
                    .filter(variable -> !variable.isEmpty())
                    .orElse(null))
        .field("unit", measure -> catalog.describe(measure).unit())
        .field("formula", measure -> catalog.describe(measure).formula())
        .field("careOnly", Measure::isScopedToCare)
        .field(
            "numerator",
            (measure, environment) -> text(measure, MeasureNotes::numerator, environment))
        .field(
            "denominator",
            (measure, environment) -> text(measure, MeasureNotes::denominator, environment))
        .field(
            "caveats", (measure, environment) -> text(measure, MeasureNotes::caveats, environment))
        .field(
            "whyItMatters",
            (measure, environment) -> text(measure, MeasureNotes::whyItMatters, environment))
        .field("source", measure -> catalog.describe(measure).notes().source())
        .field("vintage", measure -> catalog.describe(measure).notes().vintage())
        .field("reviewed", measure -> catalog.describe(measure).notes().reviewed())
        .field(
            "label",
            (measure, environment) ->
                catalog.describe(measure).label().in(Asked.language(environment)))
        .field(
            "description",
            (measure, environment) ->
                catalog.describe(measure).description().in(Asked.language(environment)));
  }

  /** A text of the notes of a measure; null if it has none. */
  private String text(
      Measure measure, Function<MeasureNotes, Label> part, DataFetchingEnvironment environment) {
    String text = part.apply(catalog.describe(measure).notes()).in(Asked.language(environment));
    return text.isEmpty() ? null : text;
  }

  private Uni<List<ListedCode>> codes(Level level, DataFetchingEnvironment environment) {
    Asked asked = Asked.of(environment);
    String search = environment.getArgument("search");
    return Uni.createFrom()
        .completionStage(() -> asked.pay(weight(level, search)))
        .invoke(() -> LabelSearch.refusal(search).ifPresent(VocabularyQueries::refuse))
        .chain(() -> codes.find(level, search, asked.served().newest()))
        .map(found -> found.stream().map(entry -> new ListedCode(level, entry)).toList());
  }

  /** The price of a search in bytes of an answer: every word is compared with every code. */
  private long weight(Level level, String search) {
    return search == null
        ? 0
        : SEARCH
            + (long) Math.min(LabelSearch.LONGEST, search.length())
                * catalog.codes(level).size()
                / CHARACTERS_PER_BYTE;
  }

  private static void refuse(Label why) {
    throw new QuestionException(
        QuestionException.Reason.MALFORMED,
        List.of(new QuestionError("search", "malformed_value", why, List.of())));
  }

  private Uni<List<Release>> releases(DataFetchingEnvironment environment) {
    Asked asked = Asked.of(environment);
    List<String> ids = Lists.orEmpty(environment.getArgument("ids"));
    return releases
        .list()
        .invoke(() -> requireCurrent(asked))
        .map(
            served ->
                served.stream()
                    .filter(release -> ids.isEmpty() || ids.contains(release.id()))
                    .toList());
  }

  /** Requires that the entity tag of the answer was made of the same list. */
  private void requireCurrent(Asked asked) {
    if (!releases.rememberedIds().equals(Optional.of(asked.served().ids()))) {
      throw new ReplacedException();
    }
  }
}
