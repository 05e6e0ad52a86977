package fr.opendamir.api.graphql;

import static fr.opendamir.api.graphql.GraphqlClient.ask;
import static fr.opendamir.api.graphql.GraphqlClient.body;
import static fr.opendamir.api.graphql.GraphqlClient.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.api.graphql.GraphqlClient.Answer;
import fr.opendamir.api.rest.ServedMonths;
import graphql.introspection.IntrospectionQuery;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Base64;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent to make a GraphQL service work, talk or break: refused, briefly, with a code. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class GraphqlAbuseApiTest {
  private static final int SHORT = 64 * 1024;

  private static final List<String> LEAKS =
      List.of(
          "fr.opendamir",
          "java.",
          "io.smallrye",
          "io.vertx",
          "graphql.schema",
          "graphql.execution",
          "org.antlr",
          "ANTLR",
          "SRGQL",
          "jackson",
          "AST type",
          "Value{",
          "StringValue",
          "NullValue",
          "ArrayList",
          "LinkedHashMap",
          "NonNull",
          "\tat ",
          "Exception",
          "SELECT ",
          "postgres");

  static Stream<Arguments> documents() {
    return Stream.of(
        of("too_many_root_fields", "{" + many(200, i -> "a%d:limits{maxDepth}") + "}"),
        of("too_many_root_fields", "{" + many(300, i -> "limits{maxDepth}") + "}"),
        of("too_many_aliases", "{limits{" + many(200, i -> "a%d:maxDepth") + "}}"),
        of(
            "too_many_aliases",
            "{...F} fragment F on Query{limits{" + many(21, i -> "a%d:maxDepth") + "}}"),
        of("alias_too_long", "{limits{" + "a".repeat(60_000) + ":maxDepth}}"),
        of("alias_too_long", "{spending(first:10000){nodes{" + "a".repeat(65) + ":charged}}}"),
        of("too_deep", "{" + "a{".repeat(9) + "a" + "}".repeat(10)),
        of("too_deep", "{...F} fragment F on Query{" + "a{".repeat(9) + "a" + "}".repeat(10)),
        of("invalid_syntax", "{" + "a{".repeat(400) + "a" + "}".repeat(401)),
        of("invalid_syntax", "{" + "...{".repeat(600) + "a" + "}".repeat(601)),
        of("invalid_syntax", "{limits(a:" + "[".repeat(900) + "]".repeat(900) + "){maxDepth}}"),
        of("too_many_root_fields", spreading(30) + " fragment f30 on Query{limits{maxDepth}}"),
        of(
            "too_many_root_fields",
            spreading(30) + " fragment f30 on Query{...f0 limits{maxDepth}}"),
        of("too_complex", "{limits{" + many(1_500, i -> "maxDepth ") + "}}"),
        of("too_complex", inLimits(10)),
        of(
            "too_complex",
            "{" + many(10, i -> "a%d:dimensions{codes{code label serviceGroup{code}}}") + "}"),
        of("invalid_document", spreading(30)),
        of("invalid_document", "{...a} fragment a on Query{...a}"),
        of("invalid_document", "{...a} fragment a on Query{...b} fragment b on Query{...a}"),
        of(
            "invalid_document",
            "{...f0} " + many(30, i -> "fragment f%d on Query{...f" + (i + 1) % 30 + "}")),
        of(
            "too_many_fragments",
            "{...f0} " + many(100, i -> "fragment f%d on Query{...f" + (i + 1) % 100 + "}")),
        of(
            "too_many_fragments",
            "{limits{maxDepth}} " + many(200, i -> "fragment f%d on Query{...f" + (i + 1) + "}")),
        of("invalid_document", "{limits" + "@include(if:true)".repeat(200) + "{maxDepth}}"),
        of("invalid_document", "{limits" + "@flood".repeat(600) + "{maxDepth}}"),
        of("invalid_document", "{limits{" + "x".repeat(60_000) + "}}"),
        of("invalid_document", "{limits{" + many(250, i -> "maxDepth%d ") + "}}"),
        of(
            "invalid_document",
            "{spending(having:" + "[".repeat(200) + "]".repeat(200) + "){totalCount}}"),
        of(
            "invalid_document",
            "query "
                + "Q".repeat(30_000)
                + "("
                + many(300, i -> "$v%d:Int ")
                + "){limits{maxDepth}}"),
        of("invalid_document", "{limits{a:maxDepth a:maxFields}}"),
        of("invalid_document", "{x:limits{maxDepth} x:spending{totalCount}}"),
        of("invalid_document", "{spending{nodes{a:region{code} a:sex{code}}}}"),
        of("too_many_tokens", "{limits{" + "maxDepth ".repeat(5_000) + "}}"),
        of("too_many_tokens", many(1_500, i -> "query q%d{limits{maxDepth}}")),
        of(
            "too_many_tokens",
            "{spending(filter:{region:{in:[" + "\"11\" ".repeat(3_000) + "]}}){totalCount}}"),
        of("unknown_operation", many(200, i -> "query q%d{limits{maxDepth}}")),
        of("too_deep", "{__schema{types{" + "ofType{".repeat(15) + "name" + "}".repeat(18)),
        of("invalid_value", "{__schema{types{fields{type{fields{type{fields{name}}}}}}}}"),
        of("invalid_value", "{__schema{types{name}} again:__schema{types{name}}}"),
        of("invalid_value", "{" + many(10, i -> "a%d:__type(name:\"Query\"){name}") + "}"),
        of("invalid_value", "{__schema{types{possibleTypes{possibleTypes{name}}}}}"),
        of("invalid_value", "{__schema{types{inputFields{type{inputFields{type{name}}}}}}}"),
        of("invalid_document", "{__type(name:null){name}}"),
        of("invalid_syntax", "{limits{maxDepth}"),
        of("invalid_syntax", "\u0000"),
        of("invalid_syntax", "{limits{max\u0000Depth}}"),
        of("invalid_syntax", "{dimensions(names:SEX){codes(search:\"\\uD800\"){code}}}"),
        of("invalid_syntax", "{\uD83D\uDE00}"));
  }

  @ParameterizedTest(name = "{index} {0}")
  @MethodSource("documents")
  void documentsThatAreMadeToBeWorkAreRefused(String code, String document) {
    Answer answer = ask(document);
    refused(answer, code);
  }

  static Stream<Arguments> arguments() {
    return Stream.of(
        of("malformed_value", "filter:{region:{in:[]}}"),
        of("malformed_value", "filter:{region:{notIn:[]}}"),
        of("malformed_value", "filter:{region:{in:[null]}}"),
        of("malformed_value", "filter:{region:{in:[\"11\",null]}}"),
        of("malformed_value", "filter:{region:{in:[\"11\"],notIn:[\"84\"]}}"),
        of("malformed_value", "filter:{region:{in:\"11,84\"}}"),
        of("malformed_value", "filter:{region:{in:\"!11\"}}"),
        of("malformed_value", "filter:{region:{notIn:\"!11\"}}"),
        of("malformed_value", "filter:{region:{in:\"\"}}"),
        of("malformed_value", "filter:{region:{in:\" \"}}"),
        of("malformed_value", "filter:{region:{in:\"11\\n84\"}}"),
        of("malformed_value", "filter:{region:{in:\"1' OR '1'='1\"}}"),
        of("malformed_value", "filter:{region:{in:\"11\\\"; DROP TABLE figures.block --\"}}"),
        of("malformed_value", "filter:{region:{in:\"\\u0000\"}}"),
        of("malformed_value", "filter:{region:{in:\"11\\u0000\"}}"),
        of("malformed_value", "filter:{region:{in:\"\\u{1F600}\"}}"),
        of("malformed_value", "filter:{month:{in:\"2024-01..2024-02\"}}"),
        of("malformed_value", "filter:{month:{from:\"2024-01..\"}}"),
        of("malformed_value", "filter:{month:{from:\"!2024-01\"}}"),
        of("malformed_value", "filter:{month:{from:\"2024-01,2024-02\"}}"),
        of("malformed_value", "filter:{month:{from:\"2024-01\",in:[\"2024-01\"]}}"),
        of("malformed_value", "filter:{month:{in:[\"\",\" \"]}}"),
        of("contradiction", "filter:{month:{from:\"2024-02\",to:\"2024-01\"}}"),
        of("not_published", "filter:{month:{from:\"2030-01\"}}"),
        of("not_published", "filter:{year:{in:\"2023\"}}"),
        of("unknown_value", "filter:{region:{in:[\"11\",\"05\"]}}"),
        of("unknown_value", "filter:{region:{notIn:\"94\"}}"),
        of("unknown_value", "filter:{sex:{in:\"F\"}}"),
        of("unknown_value", "filter:{region:{in:\"_T\"}}"),
        of("unknown_value", "filter:{service:{in:\"G:unknown\"}}"),
        of("malformed_value", "filter:{region:{in:\"11;84\"}}"),
        of("malformed_value", "filter:{month:{in:\"2024-13\"}}"),
        of("malformed_value", "filter:{month:{last:0}}"),
        of("malformed_value", "filter:{month:{last:-1}}"),
        of("malformed_value", "filter:{month:{last:2147483647}}"),
        of("malformed_value", "filter:{month:{last:99999999999}}"),
        of("malformed_value", "filter:{quarter:{in:\"2024-Q5\"}}"),
        of("malformed_value", "first:0"),
        of("malformed_value", "first:-1"),
        of("malformed_value", "first:10001"),
        of("malformed_value", "first:2147483647"),
        of("malformed_value", "after:\"' OR 1=1 --\""),
        of("malformed_value", "after:\"\\u0000\""),
        of("malformed_value", "after:\"" + "A".repeat(60_000) + "\""),
        of("malformed_value", "release:\"1' OR '1'='1\""),
        of("malformed_value", "release:\"a,b\""),
        of("malformed_value", "having:{measure:REIMBURSED,is:GE,value:1e-30}"),
        of("malformed_value", "having:{measure:REIMBURSED,is:GE,value:1e300}"),
        of("malformed_value", "having:{measure:REIMBURSED,is:GE,value:1e1999999999}"),
        of("malformed_value", "having:{measure:REIMBURSED,is:GE,value:1e-1999999999}"),
        of("malformed_value", "having:{measure:REIMBURSED,is:GE,value:" + "9".repeat(3_000) + "}"),
        of("invalid_syntax", "having:{measure:REIMBURSED,is:GE,value:1e99999999999}"),
        of("invalid_document", "having:{measure:REIMBURSED,is:GE,value:true}"),
        of("invalid_document", "having:{measure:REIMBURSED,is:GE,value:null}"),
        of("invalid_document", "having:{measure:REIMBURSED,is:GE}"),
        of("invalid_document", "having:[null]"),
        of("unknown_value", "having:{measure:CHARGED,is:GE,value:1}"),
        of("malformed_value", "orderBy:[{}]"),
        of("malformed_value", "orderBy:[{measure:REIMBURSED,dimension:REGION}]"),
        of("malformed_value", "orderBy:[{measure:null,dimension:null}]"),
        of("unknown_value", "orderBy:[{dimension:SEX}]"),
        of("invalid_document", "orderBy:[null]"),
        of("invalid_document", "orderBy:[{measure:reimbursed}]"),
        of("invalid_document", "orderBy:[{measure:\"REIMBURSED\"}]"),
        of("invalid_document", "totals:ALL"),
        of("invalid_document", "first:true"),
        of("invalid_document", "first:[1,2]"),
        of("invalid_document", "filter:{regin:{in:\"11\"}}"),
        of("invalid_document", "filter:{region:{in:11}}"),
        of("invalid_document", "filter:{region:\"11\"}"),
        of("invalid_document", "unknown:1"),
        of("invalid_document", "first:1,first:2"));
  }

  @ParameterizedTest(name = "{index} {0}")
  @MethodSource("arguments")
  void argumentsThatMeanNothingAreRefused(String code, String argument) {
    refused(ask("{spending(" + argument + "){nodes{region{code} reimbursed}}}"), code);
  }

  static Stream<Arguments> variables() {
    return Stream.of(
        variable("invalid_value", "Int", "first", "1.5"),
        variable("invalid_value", "Int", "first", "99999999999"),
        variable("invalid_value", "Int", "first", "1e40"),
        variable("invalid_value", "Int", "first", "1e1999999999"),
        variable("invalid_value", "Int", "first", "\"x\""),
        variable("invalid_value", "Int", "first", "true"),
        variable("invalid_value", "Int", "first", "[1]"),
        variable("invalid_value", "Int", "first", "{}"),
        variable("malformed_value", "Int", "first", "-2147483648"),
        variable("invalid_value", "[SpendingOrder!]", "orderBy", "[null]"),
        variable("malformed_value", "[SpendingOrder!]", "orderBy", "{}"),
        variable("invalid_value", "[SpendingOrder!]", "orderBy", "\"x\""),
        variable("invalid_value", "[SpendingOrder!]", "orderBy", "[[{}]]"),
        variable("invalid_value", "[SpendingOrder!]", "orderBy", "[{\"zz\":1}]"),
        variable("invalid_value", "[SpendingOrder!]", "orderBy", "[{\"measure\":1}]"),
        variable("invalid_value", "[MeasureCondition!]", "having", "[null]"),
        variable("invalid_value", "[MeasureCondition!]", "having", "[{}]"),
        variable(
            "invalid_value",
            "[MeasureCondition!]",
            "having",
            "[{\"measure\":\"REIMBURSED\",\"is\":\"GE\",\"value\":\"x\"}]"),
        variable(
            "malformed_value",
            "[MeasureCondition!]",
            "having",
            "[{\"measure\":\"REIMBURSED\",\"is\":\"GE\",\"value\":1e1999999999}]"),
        variable(
            "invalid_value",
            "[MeasureCondition!]",
            "having",
            "[{\"measure\":\"REIMBURSED\",\"is\":\"GE\",\"value\":null}]"),
        variable("invalid_value", "SpendingFilter", "filter", "[]"),
        variable("invalid_value", "SpendingFilter", "filter", "\"11\""),
        variable("invalid_value", "SpendingFilter", "filter", "{\"REGION\":{}}"),
        variable("invalid_value", "SpendingFilter", "filter", "{\"region\":{\"in\":[11]}}"),
        variable("invalid_value", "SpendingFilter", "filter", "{\"region\":{\"in\":[[\"11\"]]}}"),
        variable("invalid_value", "SpendingFilter", "filter", "{\"region\":{\"in\":{}}}"),
        variable("malformed_value", "SpendingFilter", "filter", "{\"region\":{\"in\":[null]}}"),
        variable("malformed_value", "SpendingFilter", "filter", "{\"region\":{\"in\":[]}}"),
        variable(
            "malformed_value", "SpendingFilter", "filter", "{\"region\":{\"in\":[\"\\u0000\"]}}"),
        variable(
            "malformed_value", "SpendingFilter", "filter", "{\"region\":{\"in\":[\"\\ud800\"]}}"),
        variable(
            "malformed_value",
            "SpendingFilter",
            "filter",
            "{\"region\":{\"in\":[\"" + "x".repeat(60_000) + "\"]}}"),
        variable(
            "malformed_value",
            "SpendingFilter",
            "filter",
            "{\"region\":{\"in\":[\"!\"" + ",\"!\"".repeat(10_000) + "]}}"),
        variable(
            "malformed_value",
            "SpendingFilter",
            "filter",
            "{\"region\":{\"in\":[null" + ",null".repeat(10_000) + "]}}"),
        variable("invalid_value", "String!", "after", "null"),
        variable("malformed_value", "String", "after", "\"" + "x".repeat(60_000) + "\""));
  }

  @ParameterizedTest(name = "{index} {0} {1}")
  @MethodSource("variables")
  void variablesThatMeanNothingAreRefused(String code, String type, String argument, String value) {
    String document =
        "query($v:%s){spending(%s:$v){nodes{region{code} reimbursed}}}".formatted(type, argument);
    refused(ask(document, "{\"v\":" + value + "}"), code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":", "["})
  void variablesThatAreNestedTooDeeplyAreRefused(String opening) {
    String closing = opening.equals("[") ? "]" : "}";
    for (int depth : new int[] {19, 25, 1_000, 10_000}) {
      refused(
          ask(
              "{limits{maxDepth}}",
              "{\"v\":" + opening.repeat(depth) + "1" + closing.repeat(depth) + "}"),
          "malformed_json");
    }
  }

  @Test
  void bodiesThatAreTooLongAreNotRead() {
    Answer answer = ask("{limits{maxDepth}}", "{\"v\":\"" + "x".repeat(65_536) + "\"}");
    assertThat(answer.status()).isEqualTo(413);
    brief(answer);
  }

  /** What nobody asks for is not looked at. */
  @Test
  void variablesThatAreNotDeclaredChangeNothing() {
    assertThat(
            ask("{limits{maxDepth}}", "{\"v\":" + "[".repeat(15) + "]".repeat(15) + "}")
                .at("/data"))
        .isEqualTo("{\"limits\":{\"maxDepth\":8}}");
    assertThat(ask("{limits{maxDepth}}", "{\"a\\u0000b\":1e1999999999}").status()).isEqualTo(200);
  }

  @Test
  void bytesThatAreNoTextDoNotBreakIt() {
    byte[] body =
        body("{limits{maxDepth #x}}", "{}").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    for (int i = 0; i < body.length; i++) {
      byte[] broken = body.clone();
      broken[i] = (byte) 0xff;
      Answer answer = post(broken);
      assertThat(answer.status()).as("byte %d", i).isIn(200, 400);
      brief(answer);
    }
  }

  @Test
  void searchesAreOnlyText() {
    for (String search : List.of("zz%", "zz_", "' OR 1=1 --", "zz\\u0000", "a".repeat(200))) {
      Answer answer = ask("{dimensions(names:SEX){codes(search:\"" + search + "\"){code}}}");
      assertThat(answer.status()).as(answer::text).isEqualTo(200);
      assertThat(answer.at("/data/dimensions")).isEqualTo("[{\"codes\":[]}]");
    }
  }

  @Test
  void searchesAreAFewWords() {
    for (String search : List.of("a".repeat(201), "a ".repeat(900), "ab cd ef ".repeat(22))) {
      refused(
          ask("{dimensions(names:SEX){codes(search:\"" + search + "\"){code}}}"),
          "malformed_value");
    }
  }

  /** A cursor of ours that was changed to stand where no page begins. */
  @ParameterizedTest
  @ValueSource(strings = {"1000000000000", "9223372036854775807", "-1", "1e12", ""})
  void cursorsBeyondAllPagesAreRefused(String offset) {
    String question = "{spending(first:1 %s){nodes{region{code} reimbursed} pageInfo{endCursor}}}";
    String cursor =
        ask(question.formatted("")).json().at("/data/spending/pageInfo/endCursor").asText();
    String text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
    assertThat(text).contains("/1/");
    String changed = text.replace("/1/", "/" + offset + "/");
    refused(
        ask(
            question.formatted(
                "after:\"%s\""
                    .formatted(
                        Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(changed.getBytes(UTF_8))))),
        "malformed_value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000000000000", "9223372036854775807", "-1", "0", "1e12"})
  void pagesThatCannotBeAreRefused(String first) {
    Answer answer = ask("{spending(first:" + first + "){nodes{region{code} reimbursed}}}");
    assertThat(answer.status()).isEqualTo(400);
    brief(answer);
  }

  /** Whatever is wrong, it is told in terms of GraphQL, and as a refusal. */
  @Test
  void noLibraryIsNamedInAnyError() {
    DocumentMutations mutations = new DocumentMutations(20_261_128);
    for (int i = 0; i < 250; i++) {
      Answer answer = post(mutations.next().getBytes(UTF_8));
      assertThat(answer.status()).as(answer::text).isIn(200, 400, 404, 405);
      brief(answer);
    }
  }

  @Test
  void vocabularyHasAPriceByItsWork() {
    assertThat(price("{dimensions(names:SERVICE){codes(search:\"GP\"){code label}}}")).isZero();
    assertThat(price("{dimensions{name label} measures{label}}")).isZero();
    assertThat(price("{dimensions{name label codes(search:\"nurse\"){code}} measures{label}}"))
        .isEqualTo(1);
    assertThat(price("{__type(name:\"Query\"){fields{name}}}")).isZero();
    assertThat(price(IntrospectionQuery.INTROSPECTION_QUERY)).isBetween(1L, 2L);
    assertThat(price("{dimensions(names:SERVICE){codes{code label}}}")).isEqualTo(1);
    long plain = price("{dimensions{codes{code label serviceGroup{code label}}}}");
    assertThat(plain).isBetween(2L, 5L);
    String longAliases =
        "{dimensions{codes{" + many(14, i -> "x".repeat(62) + "%02d:label") + "}}}";
    assertThat(price(longAliases)).isGreaterThan(2 * plain);
    assertThat(price("{" + many(9, i -> "a%d:dimensions{codes(search:\"a b c d\"){code}}") + "}"))
        .isPositive();
  }

  /** The same field with more below it elsewhere is not taken for the one before. */
  @Test
  void aFragmentHidesNothingFromThePrice() {
    String cheap =
        "{dimensions{...F} b:dimensions{...F codes{%s}} } fragment F on Dimension{codes{code}}";
    String aliases = many(10, i -> "x".repeat(62) + "%02d:label");
    assertThat(price(cheap.formatted(aliases))).isGreaterThan(price(cheap.formatted("code")) + 5);
  }

  private static long price(String document) {
    Answer answer = ask(document);
    assertThat(answer.status()).as(answer::text).isEqualTo(200);
    return answer.json().at("/extensions/cost/actualQueryCost").asLong();
  }

  @Test
  void namesThatAreNoneFindNothing() {
    Answer answer = ask("{releases(ids:[\"' OR 1=1\",\"\",\"\\u0000\"]){id}}");
    assertThat(answer.at("/data/releases")).isEqualTo("[]");
    assertThat(ask("{__type(name:\"\\u0000\"){name}}").at("/data/__type")).isEqualTo("null");
  }

  @Test
  void toolsMayAskForTheWholeSchema() {
    for (String document :
        List.of(
            IntrospectionQuery.INTROSPECTION_QUERY,
            "{__type(name:\"SpendingNode\"){fields{name type{name kind ofType{name}}}}}")) {
      Answer answer = ask(document);
      assertThat(answer.status()).as(answer::text).isEqualTo(200);
      assertThat(answer.json().has("errors")).isFalse();
    }
    assertThat(ask(IntrospectionQuery.INTROSPECTION_QUERY).json().at("/data/__schema/types"))
        .hasSizeGreaterThan(20);
  }

  private static void refused(Answer answer, String code) {
    assertThat(answer.status()).as(answer::text).isEqualTo(400);
    assertThat(answer.code()).as(answer::text).isEqualTo(code);
    assertThat(answer.json().has("data")).isFalse();
    assertThat(answer.json().at("/errors/0/extensions/problem/request_id").asText()).isNotEmpty();
    brief(answer);
  }

  private static void brief(Answer answer) {
    assertThat(answer.body().length).isLessThan(SHORT);
    assertThat(answer.text()).doesNotContain(LEAKS);
  }

  private static String many(int count, IntFunction<String> pattern) {
    return IntStream.range(0, count)
        .mapToObj(i -> pattern.apply(i).formatted(i))
        .collect(Collectors.joining(" "));
  }

  /** Fragments each of which spreads the next one twice. */
  private static String spreading(int depth) {
    return "{...f0} "
        + many(depth, i -> "fragment f%d on Query{...f" + (i + 1) + " ...f" + (i + 1) + "}");
  }

  /** The same, in a place where few root fields come of it. */
  private static String inLimits(int depth) {
    return "{limits{...f0}} "
        + many(depth, i -> "fragment f%d on Limits{...f" + (i + 1) + " ...f" + (i + 1) + "}")
        + " fragment f"
        + depth
        + " on Limits{maxDepth}";
  }

  private static Arguments of(String code, String sent) {
    return Arguments.of(code, sent);
  }

  private static Arguments variable(String code, String type, String argument, String value) {
    return Arguments.of(code, type, argument, value);
  }
}
