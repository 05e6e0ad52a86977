package fr.opendamir.api.graphql;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Bodies of requests that are almost right: documents and variables with a slip or three. */
final class DocumentMutations {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern TOKEN = Pattern.compile("\"[^\"]*\"|[A-Za-z_]\\w*|\\d+\\.?\\d*|\\S");

  private static final List<String> DOCUMENTS =
      List.of(
          "query Q($v: Int, $f: SpendingFilter) { spending(filter: { region: { in: [\"11\"] } },"
              + " first: $v, orderBy: [{ measure: REIMBURSED, direction: DESC }], having: [{ measure:"
              + " REIMBURSED, is: GE, value: 1.5 }], totals: GRAND) { totalCount nodes { region { code"
              + " label(lang: EN) } reimbursed } } }",
          "{ dimensions(names: [SEX]) { name codes(search: \"x\") { code label serviceGroup { code } } }"
              + " measures { name unit } releases(ids: [\"a\"]) { id months { month } }"
              + " limits { maxDepth allowances { name } } }",
          "query A { __schema { types { name } } } query B { ...F }"
              + " fragment F on Query { limits @include(if: true) { maxDepth } }");

  private static final List<String> SLIPS =
      List.of(
          "{",
          "}",
          "(",
          ")",
          "[",
          "]",
          ":",
          "$",
          "!",
          "@",
          "...",
          "\"x\"",
          "1",
          "-1",
          "1.5",
          "1e999",
          "99999999999",
          "true",
          "null",
          "$v",
          "$zz",
          "NONE",
          "{a:1}",
          "[1,[2]]",
          "fragment",
          "on",
          "query",
          "mutation",
          "subscription",
          "type",
          "extend",
          "@skip",
          "@skip(if: 1)",
          "...Zz",
          "...on Spending",
          "|",
          "&",
          "=",
          "é",
          "\u0000",
          "\"\\u00\"",
          "\"",
          "#",
          "{region:{in:11}}",
          "[null]",
          "input",
          "spending",
          "nodes",
          "a:",
          "...{",
          "__typename",
          "__type(name:1)");

  private static final List<String> TYPES =
      List.of(
          "Int",
          "Int!",
          "String",
          "[Int]",
          "SpendingFilter",
          "SpendingFilter!",
          "[SpendingOrder!]",
          "[MeasureCondition!]",
          "Zz",
          "TotalRows",
          "Boolean",
          "BigDecimal",
          "ID",
          "Spending");

  private static final List<String> ARGUMENTS =
      List.of("first", "filter", "orderBy", "having", "totals", "after", "release");

  private static final List<String> VALUES =
      List.of(
          "null",
          "1",
          "\"x\"",
          "[]",
          "{}",
          "[1]",
          "{\"region\":1}",
          "{\"region\":{\"in\":[1]}}",
          "1.5",
          "100000000000000000000",
          "true",
          "{\"zz\":{}}",
          "{\"month\":{\"last\":\"x\"}}",
          "[[{}]]",
          "[{\"measure\":1}]");

  private final Random random;

  DocumentMutations(long seed) {
    this.random = new Random(seed);
  }

  /** The next body, as JSON. */
  String next() {
    return random.nextInt(3) == 0 ? typed() : changed();
  }

  /** A variable of some type, with some value, for some argument. */
  private String typed() {
    String document =
        "query($v:%s){spending(%s:$v){nodes{region{code}}}}".formatted(any(TYPES), any(ARGUMENTS));
    return body(document, "{\"v\":" + any(VALUES) + "}");
  }

  private String changed() {
    List<String> tokens =
        new ArrayList<>(TOKEN.matcher(any(DOCUMENTS)).results().map(MatchResult::group).toList());
    for (int slips = 1 + random.nextInt(3); slips > 0; slips--) {
      int place = random.nextInt(tokens.size());
      switch (random.nextInt(4)) {
        case 0 -> tokens.set(place, any(SLIPS));
        case 1 -> tokens.add(place, any(SLIPS));
        case 2 -> tokens.remove(place);
        default -> Collections.swap(tokens, place, random.nextInt(tokens.size()));
      }
    }
    return body(String.join(" ", tokens), "{\"v\":" + any(VALUES) + ",\"f\":" + any(VALUES) + "}");
  }

  private static String body(String document, String variables) {
    try {
      ObjectNode body = JSON.createObjectNode().put("query", document);
      body.set("variables", JSON.readTree(variables));
      return body.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
