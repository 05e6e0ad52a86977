package fr.opendamir.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.Synonyms;
import fr.opendamir.format.Formats;
import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.parser.Parser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuggestionsTest {
  private static final List<String> LEVELS = Arrays.stream(Level.values()).map(Level::id).toList();
  private static final List<String> MEASURES =
      Arrays.stream(Measure.values()).map(Measure::id).toList();
  private static final List<String> OPERATORS = List.of("eq", "ne", "lt", "le", "gt", "ge");

  /** The first suggestion that a parameter of that name gets. */
  @ParameterizedTest
  @CsvSource({
    "mois, month",
    "Trimestre, quarter",
    "ANNÉE, year",
    "sexe, sex",
    "gender, sex",
    "âge, age_band",
    "age, age_band",
    "tranche_age, age_band",
    "tranche-d'âge, age_band",
    "ageTranche, age_band",
    "prestation, service",
    "prestations, service",
    "spécialité, provider_specialty",
    "specialites, provider_specialty",
    "région, region",
    "regions, region",
    "departement, region",
    "order, sort",
    "order_by, sort",
    "orderBy, sort",
    "orderby, sort",
    "sort_by, sort",
    "tri, sort",
    "offset, cursor",
    "page, cursor",
    "per_page, limit",
    "perPage, limit",
    "per-page, limit",
    "size, limit",
    "pageSize, limit",
    "top, limit",
    "$top, limit",
    "count, limit",
    "taille, limit",
    "fields, measures",
    "select, measures",
    "metrics, measures",
    "mesure, measures",
    "groupby, group_by",
    "group, group_by",
    "groupe, group_by",
    "start, from",
    "start_date, from",
    "since, from",
    "depuis, from",
    "end, to",
    "until, to",
    "fin, to",
    "date, month",
    "where, region",
    "filter, region",
    "filtre, region",
    "q, service",
    "lng, lang",
    "locale, lang",
    "langue, lang",
    "fmt, format",
    "total, totals",
    "libelles, labels",
    "depassement, measures",
    "reste_a_charge, measures",
    "remboursement, measures",
    "reimbursed, measures",
    "PRS_PAI_MNT, measures",
    "SOI_MOI, care_lag",
    "soi_ann, care_lag",
    "Nature de prestation, service"
  })
  void parametersOfBothLanguagesAndOtherServicesAreKnown(String typed, String suggested) {
    QuestionException refused =
        catchThrowableOfType(
            QuestionException.class,
            () -> QuestionParser.parse(Map.of(typed, List.of("x")), Language.EN));

    assertThat(refused.errors().get(0).code()).isEqualTo("unknown_parameter");
    assertThat(refused.errors().get(0).didYouMean()).as(typed).first().isEqualTo(suggested);
  }

  @ParameterizedTest
  @CsvSource({
    "mois, month",
    "régions, region",
    "months, month",
    "pharmacy, service_group",
    "medecin, provider_specialty",
    "infirmier, provider_activity",
    "ALD, exemption_group",
    "c2s, complementary_cover",
    "etablissement, facility_type",
    "type_depense, service_kind",
    "délai, care_lag",
    "majorations, supplement",
    "trimestr, quarter",
    "presttaion, service",
    "code_region, region"
  })
  void levels(String typed, String suggested) {
    assertThat(Suggestions.nearest(typed, LEVELS)).as(typed).first().isEqualTo(suggested);
  }

  @ParameterizedTest
  @CsvSource({
    "remboursement, reimbursed",
    "Remboursements, reimbursed",
    "montant_rembourse, reimbursed",
    "rembousement, reimbursed",
    "dépense, charged",
    "depenses, charged",
    "spending, charged",
    "dépassement, excess_fees",
    "depassement_honoraires, excess_fees",
    "reste_a_charge, out_of_pocket",
    "reste à charge, out_of_pocket",
    "resteACharge, out_of_pocket",
    "RAC, out_of_pocket",
    "copay, out_of_pocket",
    "taux_remboursement, reimbursement_rate",
    "taux, reimbursement_rate",
    "base, reimbursement_base",
    "quantite, quantity",
    "nombre_actes, quantity",
    "count, quantity",
    "prix_moyen, average_charge",
    "average, average_charge",
    "outOfPocket, out_of_pocket",
    "Out-of-pocket, out_of_pocket",
    "OUT_OF_POCKETS, out_of_pocket"
  })
  void measures(String typed, String suggested) {
    assertThat(Suggestions.nearest(typed, MEASURES)).as(typed).first().isEqualTo(suggested);
  }

  @ParameterizedTest
  @CsvSource({
    "jsonl, ndjson",
    "JSON-Lines, ndjson",
    "excel, xlsx",
    "xls, xlsx",
    "tsv, csv",
    "text/csv, csv",
    "jsonstat, json-stat",
    "json_stat, json-stat",
    "JSONSTAT, json-stat",
    "feather, parquet",
    "sdmx, sdmx-csv",
    "jsn, json",
    "application/json, json"
  })
  void formats(String typed, String suggested) {
    assertThat(Suggestions.nearest(typed, Formats.ids())).as(typed).first().isEqualTo(suggested);
  }

  @ParameterizedTest
  @CsvSource({
    ">=, ge",
    "gte, ge",
    "=>, ge",
    "≥, ge",
    "<, lt",
    "<=, le",
    "lte, le",
    ">, gt",
    "=, eq",
    "==, eq",
    "!=, ne",
    "<>, ne",
    "neq, ne",
    "supérieur, gt",
    "inferieur, lt",
    "at least, ge",
    "au plus, le"
  })
  void operators(String typed, String suggested) {
    assertThat(Suggestions.nearest(typed, OPERATORS)).as(typed).first().isEqualTo(suggested);
  }

  @ParameterizedTest
  @CsvSource({
    "fr_FR, 'fr,en', fr",
    "français, 'fr,en', fr",
    "english, 'fr,en', en",
    "en-GB, 'fr,en', en",
    "total, 'none,grand,rollup', grand",
    "cumul, 'none,grand,rollup', rollup",
    "aucun, 'none,grand,rollup', none",
    "code, 'id,name,both', id",
    "libellé, 'id,name,both', name",
    "all, 'id,name,both', both",
    "oui, 'true,false', true",
    "1, 'true,false', true",
    "no, 'true,false', false",
    "DESCENDING, 'ASC,DESC', DESC",
    "croissant, 'ASC,DESC', ASC",
    "remboursement, 'CHARGED,REIMBURSED', REIMBURSED",
    "order_by, 'filter,orderBy,first', orderBy",
    "sort, 'filter,orderBy,first', orderBy",
    "limit, 'filter,orderBy,first', first",
    "where, 'filter,orderBy,first', filter",
    "edges, 'nodes,pageInfo', nodes",
    "tranche_age, 'ageBand,region', ageBand"
  })
  void valuesAndNamesAsTheirPlaceWritesThem(String typed, String valid, String suggested) {
    assertThat(Suggestions.nearest(typed, List.of(valid.split(",", -1))))
        .as(typed)
        .first()
        .isEqualTo(suggested);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "zzz", "x", "customer", "-----", "     ", "\u0000", "🙂🙂🙂🙂🙂🙂"})
  void nothingIsSuggestedWhereNothingIsMeant(String typed) {
    assertThat(Suggestions.nearest(typed, LEVELS)).isEmpty();
  }

  @Test
  void whateverIsTypedOnlyValidNamesComeBackAndFewOfThem() {
    Random random = new Random(20);
    for (int i = 0; i < 2000; i++) {
      int length = random.nextInt(200);
      StringBuilder typed = new StringBuilder();
      for (int at = 0; at < length; at++) {
        typed.append("abcdeimnorstu _-'éàÉ>=<1".charAt(random.nextInt(24)));
      }
      List<String> valid = random.nextBoolean() ? LEVELS : MEASURES;
      assertThat(valid).containsAll(Suggestions.nearest(typed.toString(), valid));
      assertThat(Suggestions.nearest(typed.toString(), valid)).hasSizeLessThanOrEqualTo(3);
    }
    assertThat(Suggestions.nearest("é_".repeat(1_000_000), LEVELS)).isEmpty();
  }

  /** Each name of the table is one of the service: in REST, or in the committed schema. */
  @Test
  void everySynonymMeansANameThatExists() throws IOException {
    List<String> names = new ArrayList<>(LEVELS);
    names.addAll(MEASURES);
    names.addAll(
        List.of(
            "measures", "group_by", "from", "to", "last", "limit", "labels", "lang", "release"));
    names.addAll(
        List.of(
            "format",
            "dialect",
            "download",
            "excel-fr",
            "having",
            "cursor",
            "totals",
            "dry_run",
            "sort"));
    names.addAll(Formats.ids());
    names.addAll(List.of("id", "name", "both", "true", "false"));
    names.addAll(namesOfSchema());
    List<Synonyms.Entry> entries = Synonyms.load().entries();
    assertThat(entries).hasSizeGreaterThan(500);
    for (Synonyms.Entry entry : entries) {
      for (String name : entry.names()) {
        assertThat(names).as(entry.words()).anyMatch(known -> Synonyms.isSame(known, name));
      }
    }
  }

  @Test
  void everySynonymIsFoundInAnyCaseWithoutAccents() {
    Synonyms synonyms = Synonyms.load();
    for (Synonyms.Entry entry : synonyms.entries()) {
      assertThat(synonyms.find(entry.words())).as(entry.words()).isEqualTo(entry.names());
      assertThat(synonyms.find(entry.words().toUpperCase(Locale.ROOT)))
          .as(entry.words())
          .isEqualTo(entry.names());
      assertThat(synonyms.find(entry.words().replaceAll("[éèê]", "e").replace(' ', '-')))
          .as(entry.words())
          .isEqualTo(entry.names());
    }
  }

  private static List<String> namesOfSchema() throws IOException {
    List<String> names = new ArrayList<>();
    new Parser()
        .parseDocument(Files.readString(Path.of("openapi/schema.graphql")))
        .getDefinitions()
        .forEach(
            definition -> {
              if (definition instanceof ObjectTypeDefinition type) {
                type.getFieldDefinitions().stream()
                    .flatMap(SuggestionsTest::names)
                    .forEach(names::add);
              } else if (definition instanceof InputObjectTypeDefinition type) {
                type.getInputValueDefinitions().forEach(value -> names.add(value.getName()));
              } else if (definition instanceof EnumTypeDefinition type) {
                type.getEnumValueDefinitions().forEach(value -> names.add(value.getName()));
              }
            });
    return names;
  }

  private static Stream<String> names(FieldDefinition field) {
    return Stream.concat(
        Stream.of(field.getName()),
        field.getInputValueDefinitions().stream().map(InputValueDefinition::getName));
  }
}
