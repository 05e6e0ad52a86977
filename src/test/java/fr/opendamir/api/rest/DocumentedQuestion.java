package fr.opendamir.api.rest;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.question.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Draws questions that the contract allows and the service answers, as values by parameter. */
final class DocumentedQuestion {
  private static final List<String> TYPES =
      List.of(
          "application/json",
          "text/csv",
          "application/x-ndjson",
          "application/vnd.json-stat+json",
          "*/*");

  private final Random random;
  private final Map<String, List<String>> codes;
  private final List<String> releases;

  /**
   * @param codes by level
   */
  DocumentedQuestion(Random random, Map<String, List<String>> codes, List<String> releases) {
    this.random = random;
    this.codes = codes;
    this.releases = releases;
  }

  Map<String, String> accept() {
    return Map.of("Accept", one(TYPES));
  }

  /** For {@code /v1/aggregates}. */
  Map<String, Object> draw() {
    Map<String, Object> question =
        draw(Stream.of(Measure.values()).filter(measure -> !measure.isRate()).toList());
    if (random.nextInt(5) == 0) {
      question.put("release", one(releases));
    }
    if (random.nextInt(4) == 0) {
      question.put("dry_run", random.nextInt(3) > 0);
    }
    if (random.nextInt(5) == 0) {
      question.put("limit", "all");
      question.put("format", one(List.of("csv", "ndjson")));
    }
    return question;
  }

  /** For differences of releases, which know fewer parameters, and no quotients. */
  Map<String, Object> drawOfDifference() {
    return draw(
        Stream.of(Measure.values())
            .filter(
                measure ->
                    !measure.id().endsWith("_rate") && !measure.isRate() && !isPrice(measure))
            .toList());
  }

  private Map<String, Object> draw(List<Measure> known) {
    Map<String, Object> question = new LinkedHashMap<>();
    List<Level> levels = some(List.of(Level.values()), random.nextInt(7));
    List<Measure> measures = some(possible(known, levels), 1 + random.nextInt(4));
    if (!levels.isEmpty()) {
      question.put("group_by", levels.stream().map(level -> named(level.id(), level)).toList());
    }
    question.put(
        "measures",
        measures.stream()
            .map(
                measure ->
                    random.nextInt(6) == 0 ? measure.alias().orElse(measure.id()) : measure.id())
            .toList());
    addFilters(question);
    addMonths(question);
    List<String> keys =
        Stream.concat(levels.stream().map(Level::id), measures.stream().map(Measure::id)).toList();
    if (random.nextBoolean()) {
      question.put(
          "sort",
          some(keys, 1 + random.nextInt(Math.min(3, keys.size()))).stream()
              .map(key -> random.nextBoolean() ? "-" + key : key)
              .toList());
    }
    if (random.nextInt(4) == 0) {
      String operator = one(List.of("eq", "ne", "lt", "le", "gt", "ge"));
      String value = one(List.of("0", "-12.5", "1000000", "0.000001"));
      question.put("having", List.of(measures.get(0).id() + ":" + operator + ":" + value));
    }
    maybe(question, "format", List.of("json", "csv", "ndjson", "json-stat"));
    maybe(question, "labels", List.of("id", "name", "both"));
    maybe(question, "lang", List.of("fr", "en"));
    if (measures.stream().noneMatch(DocumentedQuestion::isPrice)) {
      maybe(question, "totals", List.of("none", "grand", "rollup"));
    }
    maybe(question, "limit", List.of(1, 2, 100, Question.MAX_LIMIT));
    return question;
  }

  /** Prices are of one service: they are asked for where a row is of one. */
  private static List<Measure> possible(List<Measure> known, List<Level> levels) {
    return known.stream()
        .filter(measure -> !isPrice(measure) || levels.contains(Level.SERVICE_CODE))
        .toList();
  }

  private static boolean isPrice(Measure measure) {
    return measure.id().startsWith("average");
  }

  private void addFilters(Map<String, Object> question) {
    List<Level> filtered =
        Stream.of(Level.values()).filter(level -> level.dimension() != Dimension.MONTH).toList();
    Set<Dimension> dimensions = EnumSet.noneOf(Dimension.class);
    for (Level level : some(filtered, random.nextInt(3))) {
      if (!dimensions.add(level.dimension())) {
        continue; // a service and a group that it is not in would contradict each other
      }
      List<String> kept =
          new ArrayList<>(some(codes.get(level.id()), Math.min(3, codes.get(level.id()).size())));
      if (!kept.isEmpty() && random.nextInt(3) == 0) {
        kept.replaceAll(code -> "!" + code);
      }
      question.put(level.id(), random.nextInt(8) == 0 ? List.of() : kept);
    }
  }

  private void addMonths(Map<String, Object> question) {
    switch (random.nextInt(9)) {
      case 0 -> question.put("month", List.of("2024-01"));
      case 1 -> question.put("month", List.of("..2024-06", "2024-01..2024-12"));
      case 2 -> question.put("quarter", List.of("2024-Q1"));
      case 3 -> question.put("year", List.of("2024"));
      case 4 -> question.put("from", one(List.of("2024-01", "2024-Q1", "2024")));
      case 5 -> question.put("to", one(List.of("2024-12", "2024-Q4", "2024")));
      case 6 -> question.put("last", 1 + random.nextInt(Question.MAX_LAST));
      default -> {}
    }
  }

  private String named(String id, Level level) {
    return random.nextInt(6) == 0 ? level.alias().orElse(id) : id;
  }

  private void maybe(Map<String, Object> question, String name, List<?> values) {
    if (random.nextBoolean()) {
      question.put(name, one(values));
    }
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private <T> List<T> some(List<T> all, int count) {
    List<T> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return List.copyOf(shuffled.subList(0, count));
  }
}
