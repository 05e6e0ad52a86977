package fr.opendamir.api.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionParser;
import fr.opendamir.testing.Draws;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One question has one address, and an address one question. */
class CanonicalQuestionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | measures=reimbursed&labels=both&lang=fr&limit=100",
        "measures=charged,reimbursed&group_by=sex,region |"
            + " group_by=sex,region&measures=charged,reimbursed&labels=both&lang=fr&limit=100",
        "GROUP_BY=BEN_RES_REG,region |"
            + " group_by=region&measures=reimbursed&labels=both&lang=fr&limit=100",
        "region=84,11,84 | measures=reimbursed&region=11,84&labels=both&lang=fr&limit=100",
        "region=!84&region=!11 | measures=reimbursed&region=!11,84&labels=both&lang=fr&limit=100",
        "sex=1&region=11 | measures=reimbursed&region=11&sex=1&labels=both&lang=fr&limit=100",
        "month=202401..2024-03 |"
            + " measures=reimbursed&month=2024-01..2024-03&labels=both&lang=fr&limit=100",
        "quarter=2024-T1 |"
            + " measures=reimbursed&month=2024-01..2024-03&labels=both&lang=fr&limit=100",
        "year=!2024 | measures=reimbursed&month=!2024-01..2024-12&labels=both&lang=fr&limit=100",
        "month=..2024-02,2024-04 |"
            + " measures=reimbursed&month=..2024-02,2024-04&labels=both&lang=fr&limit=100",
        "from=2024&to=2024-Q2 |"
            + " measures=reimbursed&month=2024-01..2024-06&labels=both&lang=fr&limit=100",
        "last=3&from=2024 |"
            + " measures=reimbursed&month=2024-01..&last=3&labels=both&lang=fr&limit=100",
        "having=reimbursed:GE:1.50,reimbursed:lt:1e2 |",
        "having=reimbursed:GE:1.50&having=reimbursed:lt:0100 | measures=reimbursed"
            + "&having=reimbursed:ge:1.5&having=reimbursed:lt:100&labels=both&lang=fr&limit=100",
        "group_by=region&sort=-reimbursed,region | group_by=region&measures=reimbursed"
            + "&sort=-reimbursed,region&labels=both&lang=fr&limit=100",
        "group_by=region,sex&totals=ROLLUP | group_by=region,sex&measures=reimbursed"
            + "&totals=rollup&labels=both&lang=fr&limit=100",
        "group_by=region&totals=rollup | group_by=region&measures=reimbursed"
            + "&totals=grand&labels=both&lang=fr&limit=100",
        "totals=grand | measures=reimbursed&labels=both&lang=fr&limit=100",
        "labels=ID&lang=en-GB&limit=007.0 | measures=reimbursed&labels=id&lang=en&limit=7",
        "limit=all | measures=reimbursed&labels=both&lang=fr&limit=all",
        "release=2024-03-05.1 |"
            + " measures=reimbursed&labels=both&lang=fr&limit=100&release=2024-03-05.1",
        "service=a b,é | measures=reimbursed&service=a+b,%C3%A9&labels=both&lang=fr&limit=100",
        "utm_source=x&format=csv&dry_run=true |"
            + " measures=reimbursed&labels=both&lang=fr&limit=100",
      })
  void everythingIsSpelledOutInOneOrder(String sent, String canonical) {
    if (canonical != null) {
      Question question = parse(sent.isEmpty() ? Map.of() : Draws.parameters(sent));

      assertThat(CanonicalQuestion.path(question)).isEqualTo("/v1/aggregates?" + canonical);
    }
  }

  @Test
  void anAddressMeansTheQuestionItIsTheAddressOf() throws IOException {
    Random random = new Random(21);
    for (int i = 0; i < 3_000; i++) {
      Map<String, List<String>> sent = question(random);
      Question question = parse(sent);
      String address = CanonicalQuestion.path("", question);

      Map<String, List<String>> parameters = AddressedQuestion.parameters(address.substring(1));
      Question again = parse(parameters);

      assertThat(again).as("%s", sent).isEqualTo(question);
      assertThat(CanonicalQuestion.path("", again)).isEqualTo(address);
      byte[] body = new JsonMapper().writeValueAsBytes(sent);
      assertThat(parse(PostedQuestion.parameters(body))).as("%s", sent).isEqualTo(question);
      assertThat(address.getBytes(UTF_8)).as(address).hasSize(address.length());
    }
  }

  private static Question parse(Map<String, List<String>> parameters) {
    return QuestionParser.parse(parameters, Language.FR).inFormat(false);
  }

  /** Any question that is well formed, written in any way. */
  private static Map<String, List<String>> question(Random random) {
    Map<String, List<String>> sent = new LinkedHashMap<>();
    List<Level> levels = Draws.some(List.of(Level.values()), random.nextInt(6), random);
    List<Measure> measures = Draws.some(List.of(Measure.values()), 1 + random.nextInt(4), random);
    sent.put("group_by", levels.stream().map(level -> name(level, random)).toList());
    sent.put("measures", measures.stream().map(Measure::id).toList());
    for (Level level : Draws.some(List.of(Level.values()), random.nextInt(4), random)) {
      String mark = random.nextInt(3) == 0 ? "!" : "";
      List<String> values = new ArrayList<>();
      for (int value = 0; value <= random.nextInt(3); value++) {
        values.add(mark + value(level, random));
      }
      if (level.dimension().id().equals("month")) {
        sent.keySet().removeIf(name -> List.of("month", "quarter", "year").contains(name));
      }
      sent.put(level.id(), values);
    }
    if (random.nextInt(4) == 0 && !sent.containsKey("month") && !sent.containsKey("quarter")) {
      sent.put("from", List.of("2" + (100 + random.nextInt(800))));
      sent.remove("year");
    }
    if (random.nextInt(4) == 0) {
      sent.put("last", List.of(String.valueOf(1 + random.nextInt(24))));
    }
    if (random.nextInt(3) == 0) {
      sent.put(
          "having",
          List.of(
              measures.get(0).id() + ":ge:" + random.nextInt(9_999) + "." + random.nextInt(99)));
    }
    List<String> keys = new ArrayList<>();
    levels.forEach(level -> keys.add(level.id()));
    measures.forEach(measure -> keys.add("-" + measure.id()));
    sent.put("sort", Draws.some(keys, random.nextInt(keys.size()), random));
    sent.put("totals", List.of(List.of("none", "grand", "rollup").get(random.nextInt(3))));
    sent.put("labels", List.of(List.of("id", "name", "Both").get(random.nextInt(3))));
    sent.put("lang", List.of(List.of("fr", "en-GB").get(random.nextInt(2))));
    sent.put("limit", List.of(List.of("all", "7", "10000", "").get(random.nextInt(4))));
    sent.put("release", List.of(List.of("2024-03-05.1", "").get(random.nextInt(2))));
    return sent;
  }

  private static String name(Level level, Random random) {
    return random.nextBoolean() ? level.id() : level.alias().orElse(level.id());
  }

  private static String value(Level level, Random random) {
    String year = String.valueOf(2000 + random.nextInt(30));
    return switch (level) {
      case MONTH_OF_PROCESSING ->
          "%s-%02d..%s"
              .formatted(year, 1 + random.nextInt(12), random.nextBoolean() ? "2031-05" : "");
      case CARE_MONTH -> "%s-%02d..%s-12".formatted(year, 1 + random.nextInt(12), year);
      case QUARTER, CARE_QUARTER -> year + "-Q" + (1 + random.nextInt(4));
      case YEAR, CARE_YEAR -> year;
      default -> List.of("11", "G:x", "é è", "a&b=c", "%41", "x+y").get(random.nextInt(6));
    };
  }
}
