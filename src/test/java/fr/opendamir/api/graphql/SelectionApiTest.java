package fr.opendamir.api.graphql;

import static fr.opendamir.api.graphql.GraphqlClient.GRAPHQL;
import static fr.opendamir.api.graphql.GraphqlClient.ask;
import static fr.opendamir.api.graphql.GraphqlClient.body;
import static fr.opendamir.api.graphql.GraphqlClient.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.opendamir.api.graphql.GraphqlClient.Answer;
import fr.opendamir.api.rest.ServedMonths;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Selecting is grouping. Figures are those of {@link ServedMonths}, added up by hand. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class SelectionApiTest {
  private static final String BY_REGION =
      "[{\"region\":{\"code\":\"11\"},\"reimbursed\":3260.00},"
          + "{\"region\":{\"code\":\"84\"},\"reimbursed\":null},"
          + "{\"region\":{\"code\":\"ND\"},\"reimbursed\":21.00}]";

  private static final String JANUARY = "filter:{month:{in:[\"2024-01\"]}}";

  @Test
  void dimensionsSelectedAreTheGroupingAndMeasuresSelectedTheFigures() {
    assertThat(ask("{spending{nodes{month region{code} charged quantity}}}").nodes())
        .isEqualTo(
            "[{\"month\":\"2024-01\",\"region\":{\"code\":\"11\"},\"charged\":600.50,\"quantity\":420},"
                + "{\"month\":\"2024-01\",\"region\":{\"code\":\"84\"},\"charged\":null,\"quantity\":null},"
                + "{\"month\":\"2024-01\",\"region\":{\"code\":\"ND\"},\"charged\":30.00,\"quantity\":12},"
                + "{\"month\":\"2024-02\",\"region\":{\"code\":\"11\"},\"charged\":1200.00,\"quantity\":40}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{spending{nodes{region{code} reimbursed}}}",
        "query Named{spending{nodes{region{code} reimbursed}}}",
        "{spending{nodes{region{code}reimbursed region{code}reimbursed region{code code}}}}",
        "{spending{nodes{region{code}}nodes{reimbursed}}}",
        "{spending{nodes{region{code}}} spending{nodes{reimbursed}}}",
        "{spending{nodes{...N}}} fragment N on SpendingNode{region{code} reimbursed}",
        "{spending{nodes{...D reimbursed}}} fragment D on SpendingNode{region{...C}}"
            + " fragment C on Code{code}",
        "{...Q} fragment Q on Query{spending{...S}} fragment S on Spending{nodes{...N}}"
            + " fragment N on SpendingNode{...D ...F} fragment F on SpendingNode{reimbursed}"
            + " fragment D on SpendingNode{... on SpendingNode{region{... on Code{code}}}}",
        "{spending{nodes{...{region{code}} ...on SpendingNode{...{reimbursed}}}}}",
        "{spending{...{nodes{region{code}}} nodes{...N}}} fragment N on SpendingNode{reimbursed}",
        "{spending{nodes{region{code} reimbursed"
            + " sex@include(if:false){code} month@skip(if:true) charged@include(if:false)}}}",
        "{spending{nodes{region{code} reimbursed"
            + " ...@include(if:false){sex{code}} ...S@skip(if:true)}}}"
            + " fragment S on SpendingNode{sex{code} charged}",
        "query($yes:Boolean=true){spending{nodes{region@include(if:$yes){code}"
            + " reimbursed sex@skip(if:$yes){code} ...S@skip(if:$yes)}}}"
            + " fragment S on SpendingNode{ageBand{code}}",
        "query($no:Boolean!=false){spending{nodes@skip(if:$no){region{code} reimbursed}"
            + " nodes@include(if:$no){sex{code}} other:nodes@include(if:$no){month}}}",
        "query($first:Int=3,$totals:TotalRows=NONE,$filter:SpendingFilter={}){spending(first:$first,totals:$totals,filter:$filter){nodes{region{code}"
            + " reimbursed}}}",
      })
  void theGroupingIsWhatIsReallySelectedHoweverItIsWritten(String document) {
    assertThat(ask(document).nodes()).isEqualTo(BY_REGION);
  }

  @Test
  void variablesDecideWhatIsGroupedBy() {
    String document =
        "query($sex:Boolean!,$charged:Boolean!){spending{totalCount nodes{region{code}"
            + " sex@include(if:$sex){code} charged@include(if:$charged) reimbursed}}}";
    assertThat(ask(document, "{\"sex\":false,\"charged\":false}").nodes()).isEqualTo(BY_REGION);
    assertThat(ask(document, "{\"sex\":true,\"charged\":true}").nodes())
        .contains(
            "{\"region\":{\"code\":\"84\"},\"sex\":{\"code\":\"1\"},\"charged\":-900.00,\"reimbursed\":-600.00}",
            "{\"region\":{\"code\":\"84\"},\"sex\":{\"code\":\"2\"},\"charged\":1000.07,\"reimbursed\":650.01}");
    assertThat(ask(document, "{\"sex\":true}").status()).isEqualTo(400);
  }

  @Test
  void everyFieldMayHaveAnAliasAndLabelsTwoLanguages() {
    assertThat(
            ask("query($l:Language=FR){s:spending("
                    + JANUARY
                    + "){t:__typename nodes{k:__typename r:region{t:__typename c:code"
                    + " fr:label(lang:$l) en:label(lang:EN)} other:region{code} m:reimbursed"
                    + " also:reimbursed st:status}}}")
                .at("/data"))
        .isEqualTo(
            """
            {"s":{"t":"Spending","nodes":[\
            {"k":"SpendingNode","r":{"t":"Code","c":"11","fr":"Île-de-France","en":"Île-de-France"},\
            "other":{"code":"11"},"m":2420.00,"also":2420.00,"st":"OK"},\
            {"k":"SpendingNode","r":{"t":"Code","c":"84","fr":"Auvergne-Rhône-Alpes",\
            "en":"Auvergne-Rhône-Alpes"},"other":{"code":"84"},"m":null,"also":null,"st":"SUPPRESSED"},\
            {"k":"SpendingNode","r":{"t":"Code","c":"ND","fr":"Non diffusé","en":"Not disclosed"},\
            "other":{"code":"ND"},"m":21.00,"also":21.00,"st":"OK"}]}}\
            """);
  }

  @Test
  void everyTypeTellsItsName() {
    assertThat(
            ask("{__typename spending{__typename pageInfo{__typename} release{__typename"
                    + " attribution{__typename}} disclosure{__typename notDisclosed{__typename}}"
                    + " nodes{__typename region{__typename}}} limits{__typename}"
                    + " dimensions(names:SEX){__typename codes(search:\"feminin\"){__typename}}"
                    + " measures(names:CHARGED){__typename} releases{__typename}}")
                .at("/data"))
        .startsWith(
            "{\"__typename\":\"Query\",\"spending\":{\"__typename\":\"Spending\",\"pageInfo\":"
                + "{\"__typename\":\"PageInfo\"},\"release\":{\"__typename\":\"Release\"")
        .contains(
            "{\"__typename\":\"SpendingNode\",\"region\":{\"__typename\":\"Code\"}}",
            "\"disclosure\":{\"__typename\":\"Disclosure\",\"notDisclosed\":[{\"__typename\":\"NotDisclosed\"}]}",
            "\"limits\":{\"__typename\":\"Limits\"}",
            "{\"__typename\":\"Dimension\",\"codes\":[{\"__typename\":\"DimensionCode\"}]}");
  }

  @Test
  void severalQuestionsUnderAliasesAreAnsweredEachByItself() {
    assertThat(
            ask("{a:spending("
                    + JANUARY
                    + "){totalCount nodes{reimbursed}}"
                    + " b:spending(filter:{month:{from:\"2024-02\"}}){totalCount"
                    + " nodes{service{code} charged}} c:spending{months}}")
                .at("/data"))
        .isEqualTo(
            "{\"a\":{\"totalCount\":1,\"nodes\":[{\"reimbursed\":2491.01}]},"
                + "\"b\":{\"totalCount\":1,\"nodes\":[{\"service\":{\"code\":\"1110\"},\"charged\":1200.00}]},"
                + "\"c\":{\"months\":[\"2024-01\",\"2024-02\"]}}");
  }

  @Test
  void nodesUnderSeveralAliasesMustBeOneQuestion() {
    assertThat(
            ask("{spending{a:nodes{reimbursed region{code}} b:nodes{region{code label}"
                    + " reimbursed}}}")
                .at("/data/spending/a"))
        .isEqualTo(
            "[{\"reimbursed\":3260.00,\"region\":{\"code\":\"11\"}},"
                + "{\"reimbursed\":null,\"region\":{\"code\":\"84\"}},"
                + "{\"reimbursed\":21.00,\"region\":{\"code\":\"ND\"}}]");
    for (String other : List.of("sex{code} reimbursed", "region{code} charged", "reimbursed")) {
      Answer refused = ask("{spending{a:nodes{region{code} reimbursed} b:nodes{" + other + "}}}");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.code()).isEqualTo("several_selections");
      assertThat(refused.at("/errors/0/extensions/problem/errors/0/parameter"))
          .isEqualTo("\"nodes\"");
    }
  }

  @Test
  void withoutDimensionsThereIsTheTotalAndWithoutMeasuresThereAreCodes() {
    assertThat(ask("{spending{nodes{reimbursed}}}").nodes())
        .isEqualTo("[{\"reimbursed\":3331.01}]");
    assertThat(ask("{spending{nodes{status}}}").nodes()).isEqualTo("[{\"status\":\"OK\"}]");
    assertThat(ask("{spending{nodes{region{code}}}}").nodes())
        .isEqualTo(
            "[{\"region\":{\"code\":\"11\"}},{\"region\":{\"code\":\"84\"}},{\"region\":{\"code\":\"ND\"}}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{spending{totalCount months}}",
        "{spending{totalCount months nodes@skip(if:true){region{code}}}}",
        "{spending{totalCount months ...@include(if:false){nodes{region{code}}}}}",
      })
  void withoutNodesTheQuestionIsAboutTheTotal(String document) {
    assertThat(ask(document).at("/data/spending"))
        .isEqualTo("{\"totalCount\":1,\"months\":[\"2024-01\",\"2024-02\"]}");
  }

  @Test
  void totalsFollowTheOrderInWhichDimensionsAreSelected() {
    assertThat(ask("{spending(totals:GRAND){nodes{region{code} charged}}}").nodes())
        .endsWith(
            "{\"region\":{\"code\":\"ND\"},\"charged\":30.00},{\"region\":{\"code\":\"_T\"},\"charged\":1930.57}]");
    assertThat(
            ask("{spending(totals:ROLLUP){nodes{s:service{code} region{code} charged}}}").nodes())
        .isEqualTo(
            "[{\"s\":{\"code\":\"1110\"},\"region\":{\"code\":\"11\"},\"charged\":1800.50},"
                + "{\"s\":{\"code\":\"1110\"},\"region\":{\"code\":\"ND\"},\"charged\":30.00},"
                + "{\"s\":{\"code\":\"1110\"},\"region\":{\"code\":\"_T\"},\"charged\":1830.50},"
                + "{\"s\":{\"code\":\"3313\"},\"region\":{\"code\":\"84\"},\"charged\":null},"
                + "{\"s\":{\"code\":\"3313\"},\"region\":{\"code\":\"_T\"},\"charged\":null},"
                + "{\"s\":{\"code\":\"6111\"},\"region\":{\"code\":\"11\"},\"charged\":0.00},"
                + "{\"s\":{\"code\":\"6111\"},\"region\":{\"code\":\"_T\"},\"charged\":0.00},"
                + "{\"s\":{\"code\":\"_T\"},\"region\":{\"code\":\"_T\"},\"charged\":1930.57}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "measure:REIMBURSED,direction:DESC | 6111 1110 3313",
        "measure:REIMBURSED | 1110 6111 3313",
        "measure:REIMBURSED,direction:ASC | 1110 6111 3313",
        "dimension:SERVICE,direction:DESC | 6111 3313 1110",
        "dimension:SERVICE | 1110 3313 6111",
      })
  void nodesAreOrderedByMeasuresAndDimensions(String order, String expected) {
    String document =
        "query($o:[SpendingOrder!]=[{%s}]){spending(orderBy:$o,%s){nodes{service{code}"
            + " reimbursed}}}";
    assertThat(services(ask(document.formatted(order, JANUARY)))).isEqualTo(expected);
    assertThat(
            services(
                ask(
                    "{spending(orderBy:{%s},%s){nodes{service{code} m:reimbursed}}}"
                        .formatted(order, JANUARY))))
        .isEqualTo(expected);
  }

  @Test
  void twoKeysOrderOneAfterTheOther() {
    assertThat(
            ask("{spending("
                    + JANUARY
                    + ",orderBy:[{dimension:REGION,direction:DESC},{measure:CHARGED,direction:DESC}]){nodes{service{code}"
                    + " region{code} charged}}}")
                .json()
                .findValuesAsText("code"))
        .containsExactly("1110", "ND", "3313", "84", "1110", "11", "6111", "11");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{measure:REIMBURSED,is:GE,value:1000} | 6111",
        "{measure:REIMBURSED,is:GE,value:1e3} | 6111",
        "{measure:REIMBURSED,is:LT,value:1000.00} | 1110",
        "[{measure:REIMBURSED,is:EQ,value:441},{measure:QUANTITY,is:GT,value:10}] | 1110",
        "{measure:REIMBURSED,is:NE,value:441.0} | 6111",
        "{measure:REIMBURSED,is:GT,value:-1} | 1110 6111",
        "[] | 1110 3313 6111",
      })
  void conditionsCompareWhatNodesShow(String having, String expected) {
    assertThat(
            services(
                ask(
                    "{spending(having:%s,%s){nodes{service{code} reimbursed quantity}}}"
                        .formatted(having, JANUARY))))
        .isEqualTo(expected);
  }

  @Test
  void pagesOfAnySizeAddUpToTheWholeAnswer() {
    String document =
        "query($first:Int,$after:String){spending(first:$first,after:$after,"
            + JANUARY
            + ",orderBy:{measure:CHARGED,direction:DESC}){totalCount"
            + " pageInfo{hasNextPage hasPreviousPage startCursor endCursor}"
            + " nodes{service{code} region{code} sex{code} charged}}}";
    List<JsonNode> whole = nodes(ask(document));
    assertThat(whole).hasSizeGreaterThan(3);
    for (int first = 1; first <= whole.size() + 1; first++) {
      List<JsonNode> paged = new ArrayList<>();
      String after = "null";
      boolean hasNext = true;
      while (hasNext) {
        Answer page = ask(document, "{\"first\":%d,\"after\":%s}".formatted(first, after));
        JsonNode info = page.json().at("/data/spending/pageInfo");
        assertThat(page.at("/data/spending/totalCount")).isEqualTo("" + whole.size());
        assertThat(info.path("startCursor").toString()).isEqualTo(after);
        assertThat(info.path("hasPreviousPage").asBoolean()).isEqualTo(!after.equals("null"));
        paged.addAll(nodes(page));
        after = info.path("endCursor").toString();
        hasNext = info.path("hasNextPage").asBoolean();
        assertThat(after.equals("null")).isEqualTo(!hasNext);
      }
      assertThat(paged).as("first %d", first).isEqualTo(whole);
    }
  }

  @Test
  void aCursorOfOneDoorOpensTheOther() {
    String rest = "/v1/aggregates?group_by=service&month=2024-01&limit=1";
    String graphql = "{spending(first:1,%s){pageInfo{endCursor} nodes{service{code} reimbursed}}}";
    String ofRest = given().get(rest).path("page.next_cursor");
    assertThat(services(ask(graphql.formatted(JANUARY + ",after:\"" + ofRest + "\""))))
        .isEqualTo("3313");
    String ofGraphql =
        ask(graphql.formatted(JANUARY)).json().at("/data/spending/pageInfo/endCursor").asText();
    List<String> next = given().get(rest + "&cursor=" + ofGraphql).path("data.service");
    assertThat(next).containsExactly("3313");
    assertThat(ask(graphql.formatted("after:\"" + ofRest + "\"")).code())
        .isEqualTo("other_question");
  }

  @Test
  void aReleaseCanBeNamed() {
    String id = ask("{releases{id}}").json().at("/data/releases/0/id").asText();
    Answer pinned =
        ask(
            "query($r:String!){spending(release:$r){release{id} nodes{reimbursed}}}",
            "{\"r\":\"" + id + "\"}");
    assertThat(pinned.nodes()).isEqualTo("[{\"reimbursed\":3331.01}]");
    assertThat(pinned.json().at("/data/spending/release/id").asText()).isEqualTo(id);
    Answer unknown = ask("{spending(release:\"2020-01-01.1\"){totalCount}}");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.code()).isEqualTo("unknown_release");
    assertThat(unknown.json().has("data")).isFalse();
  }

  @Test
  void labelsWarningsAndErrorsAreInTheLanguageOfTheRequest() {
    String document =
        "{spending(filter:{sex:{in:\"2\"}}){warnings nodes{sex{label fr:label(lang:FR)}"
            + " quantity}}}";
    assertThat(inLanguage("en", document).at("/data/spending/nodes/0/sex"))
        .isEqualTo("{\"label\":\"Female\",\"fr\":\"Féminin\"}");
    assertThat(inLanguage("fr", document).at("/data/spending/nodes/0/sex"))
        .isEqualTo("{\"label\":\"Féminin\",\"fr\":\"Féminin\"}");
    assertThat(inLanguage("fr", document).at("/data/spending/warnings"))
        .contains("prestations différentes");
    assertThat(inLanguage("en-GB,fr;q=0.5", document).at("/data/spending/warnings"))
        .contains("different services");
    assertThat(inLanguage("fr", "{spending(first:0){totalCount}}").at("/errors/0/message"))
        .contains("nombre entier");
    assertThat(inLanguage("en", "{spending(first:0){totalCount}}").at("/errors/0/message"))
        .contains("whole number");
    assertThat(inLanguage("fr", "{limits{maxDepth}").at("/errors/0/extensions/problem/title"))
        .contains("non valable");
  }

  @Test
  void whatIsSuppressedHasAStatusAndNoFigures() {
    assertThat(
            ask("{spending(filter:{service:{in:\"3313\"}}){nodes{region{code} status charged"
                    + " quantity averageCharge reimbursementRate}}}")
                .nodes())
        .isEqualTo(
            "[{\"region\":{\"code\":\"84\"},\"status\":\"SUPPRESSED\",\"charged\":null,\"quantity\":null,"
                + "\"averageCharge\":null,\"reimbursementRate\":null}]");
  }

  @Test
  void anEmptyAnswerIsAnAnswer() {
    Answer empty =
        ask(
            "{spending(filter:{region:{in:\"76\"},year:{notIn:\"2023\"}},totals:ROLLUP){totalCount months"
                + " pageInfo{hasNextPage endCursor} nodes{region{code} reimbursed}}}");
    assertThat(empty.nodes()).isEqualTo("[]");
    assertThat(empty.at("/data/spending/totalCount")).isEqualTo("0");
    assertThat(empty.at("/data/spending/months")).isEqualTo("[\"2024-01\",\"2024-02\"]");
    assertThat(empty.at("/data/spending/pageInfo"))
        .isEqualTo("{\"hasNextPage\":false,\"endCursor\":null}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "having:null",
        "orderBy:null",
        "filter:null",
        "filter:{region:null}",
        "filter:{region:{in:null}}",
        "filter:{month:{from:null,to:null,last:null}}",
        "first:null",
        "totals:null",
        "after:null",
        "release:null",
        "having:null,orderBy:null,filter:null,first:null,totals:null,after:null,release:null",
      })
  void nullIsTheSameAsAbsent(String argument) {
    assertThat(ask("{spending(" + argument + "){nodes{region{code} reimbursed}}}").nodes())
        .isEqualTo(BY_REGION);
  }

  @Test
  void variablesThatAreNullAreTheSameAsAbsent() {
    String document =
        "query($f:SpendingFilter,$h:[MeasureCondition!],$o:[SpendingOrder!],$t:TotalRows,$n:Int,"
            + "$l:Language){spending(filter:$f,having:$h,orderBy:$o,totals:$t,first:$n)"
            + "{nodes{region{code} reimbursed}} x:dimensions(names:SEX){label(lang:$l)}}";
    for (String variables :
        List.of("{}", "{\"f\":null,\"h\":null,\"o\":null,\"t\":null,\"n\":null,\"l\":null}")) {
      assertThat(ask(document, variables).nodes()).isEqualTo(BY_REGION);
    }
  }

  @Test
  void namesThatAreNullOrNoneAreAll() {
    for (String names : List.of("", "(%s:null)", "(%s:[])")) {
      Answer all =
          ask(
              "{dimensions%s{id} measures%s{id} releases%s{id}}"
                  .formatted(
                      names.formatted("names"), names.formatted("names"), names.formatted("ids")));
      assertThat(all.status()).as(all::text).isEqualTo(200);
      assertThat(all.json().at("/data/dimensions")).hasSize(22);
      assertThat(all.json().at("/data/measures")).hasSize(20);
      assertThat(all.json().at("/data/releases")).isNotEmpty();
    }
    assertThat(ask("{dimensions(names:[SEX,SEX,YEAR]){id}}").at("/data/dimensions"))
        .isEqualTo("[{\"id\":\"sex\"},{\"id\":\"year\"}]");
  }

  @Test
  void theFiguresAreThoseOfRest() {
    JsonNode nodes =
        ask("{spending(totals:ROLLUP){nodes{region{code} sex{code} charged reimbursed}}}")
            .json()
            .at("/data/spending/nodes");
    String csv =
        given()
            .accept("text/csv")
            .get(
                "/v1/aggregates?group_by=region,sex&measures=charged,reimbursed&totals=rollup&labels=id")
            .asString();
    List<String> rows = new ArrayList<>();
    for (JsonNode node : nodes) {
      rows.add(
          String.join(
              ",",
              node.at("/region/code").asText(),
              node.at("/sex/code").asText(),
              node.get("charged").isNull() ? "" : node.get("charged").asText(),
              node.get("reimbursed").isNull() ? "" : node.get("reimbursed").asText()));
    }
    assertThat(csv.lines().skip(1).map(line -> line.replaceFirst(",[a-z]+$", "")))
        .containsExactlyElementsOf(rows);
  }

  private static Answer inLanguage(String language, String document) {
    return post(body(document, "{}"), "Accept", GRAPHQL, "Accept-Language", language);
  }

  private static List<JsonNode> nodes(Answer answer) {
    assertThat(answer.status()).as(answer::text).isEqualTo(200);
    List<JsonNode> nodes = new ArrayList<>();
    answer.json().at("/data/spending/nodes").forEach(nodes::add);
    return nodes;
  }

  private static String services(Answer answer) {
    return String.join(
        " ", nodes(answer).stream().map(node -> node.at("/service/code").asText()).toList());
  }
}
