package fr.opendamir.attack;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Asks one question in many ways.
 *
 * <p>A service that hides by chance, or that applies its rule to some doors only, gives another
 * figure or shows one more cell when parameters change places, a dimension goes by its DAMIR name,
 * a list is repeated, the page is cut elsewhere, totals are asked for besides, or the question goes
 * by another door or method.
 */
final class SameQuestion implements Attack {
  private static final String BASE = "/v1/aggregates?";

  /** The first of each list is the question, the others must be answered alike. */
  private static final List<List<String>> WORDINGS =
      List.of(
          List.of(
              "group_by=region,sex&measures=quantity,charged&service=1104,1105&limit=10000",
              "limit=10000&service=1104,1105&measures=quantity,charged&group_by=region,sex",
              "group_by=region,sex&measures=quantity,charged&service=1105,1104&limit=10000",
              "group_by=region&group_by=sex&measures=quantity&measures=charged&service=1104"
                  + "&service=1105&limit=10000",
              "group_by=region,sex,region&measures=quantity,charged,quantity"
                  + "&service=1104,1105,1104&limit=10000",
              "group_by=BEN_RES_REG,BEN_SEX_COD&measures=FLT_ACT_QTE,FLT_PAI_MNT"
                  + "&PRS_NAT=1104,1105&limit=10000",
              "group_by=region,sex&measures=quantity,charged&prs_nat=1104&service=1105&limit=10000",
              "group_by=region,sex&measures=quantity,charged&service=1104,1105&month=2024-01"
                  + "&limit=10000",
              "group_by=region,sex&measures=quantity,charged&service=1104,1105&year=2024"
                  + "&limit=10000",
              "group_by=region,sex&measures=quantity,charged&service=1104,1105&last=1&limit=10000",
              "group_by=region,sex&measures=quantity,charged&service=1104,1105&limit=10000"
                  + "&labels=id",
              "group_by=region,sex&measures=quantity,charged&service=1104,1105&limit=10000&lang=en",
              "group_by=region,sex&measures=quantity,charged&service=1104,1105&limit=9999",
              "group_by=region,sex&measures=quantity,charged,reimbursed&service=1104,1105"
                  + "&limit=10000",
              "group_by=region,sex&measures=quantity,charged&service=1104,1105&limit=10000"
                  + "&service_group=consultations",
              "group_by=region,sex&measures=quantity,charged&service=1104,1105&limit=10000"
                  + "&region=!NR",
              "group_by=region,sex&measures=quantity,charged&service=1104,1105&limit=10000"
                  + "&month=2024-01&compare=previous_year",
              "group_by=month,region,sex&measures=quantity,charged&service=1104,1105&limit=10000"
                  + "&fill=null",
              "group_by=month,region,sex&measures=quantity,charged&service=1104,1105&limit=10000"
                  + "&fill=zero&compare=previous_period"),
          List.of(
              "group_by=age_band,service&measures=quantity,charged&region=53&sex=1&limit=10000",
              "group_by=age_band,service&measures=quantity,charged&region=53,53&sex=1&limit=10000",
              "sex=1&region=53&limit=10000&group_by=AGE_BEN_SNDS,PRS_NAT&measures=quantity,charged",
              "group_by=age_band,service&measures=quantity,charged&region=53&sex=!2,0,9,ND"
                  + "&limit=10000",
              "group_by=age_band,service&measures=quantity,charged&region=53&sex=1&limit=10000"
                  + "&labels=id&lang=en"));

  /** The first question and the second, as bodies of a POST. */
  private static final List<List<String>> BODIES =
      List.of(
          List.of(
              "{'group_by':['region','sex'],'measures':['quantity','charged'],"
                  + "'service':[1104,'1105'],'limit':10000}",
              "{'limit':'10000','PRS_NAT':'1104,1105','measures':'quantity,charged',"
                  + "'group_by':'region,sex'}"),
          List.of(
              "{'group_by':['age_band','service'],'measures':['quantity','charged'],"
                  + "'region':53,'sex':'!2,0,9,ND','limit':10000}"));

  private static final String PAGE = " totalCount pageInfo { endCursor }";

  /** The first question and the second as GraphQL, of a page that is named below. */
  private static final List<List<String>> SPENDINGS =
      List.of(
          List.of(
              "spending(filter: {service: {in: ['1104', '1105']}, month: {last: 1}}PAGE)"
                  + " { nodes { region { code } sex { code } quantity charged status }"
                  + PAGE
                  + " }",
              "spending(filter: {service: {in: ['1105', '1104', '1105']}}PAGE)"
                  + " { nodes { status charged region { label code } ... { sex { code } quantity }"
                  + " reimbursed region { code } }"
                  + PAGE
                  + " }",
              "spending(filter: {service: {in: ['1104', '1105']}, region: {notIn: ['NR']}}PAGE)"
                  + " { nodes { region { code } ...Rest sex @include(if: true) { code }"
                  + " ageBand @skip(if: true) { code } }"
                  + PAGE
                  + " }"),
          List.of(
              "spending(filter: {region: {in: ['53']}, sex: {in: ['1']}}PAGE)"
                  + " { nodes { ageBand { code } service { code } quantity charged status }"
                  + PAGE
                  + " }",
              "spending(filter: {sex: {notIn: ['2', '0', '9', 'ND']}, region: {in: ['53', '53']}}PAGE)"
                  + " { nodes { ageBand { label(lang: EN) code } service { code } ...Rest }"
                  + PAGE
                  + " }"));

  private static final String REST =
      " fragment Rest on SpendingNode { quantity charged status service @skip(if: true) { code } }";

  private static final List<String> FORMATS = List.of("csv", "ndjson");
  private static final List<String> TOTALS = List.of("grand", "rollup");
  private static final List<Integer> PAGE_SIZES = List.of(1, 2, 7, 50);

  @Override
  public String name() {
    return "Same question, other wording";
  }

  @Override
  public AttackResult run(AttackClient client, Truth truth) {
    Score score = new Score(name(), client).claimingCertainty();
    for (int i = 0; i < WORDINGS.size(); i++) {
      List<String> wordings = WORDINGS.get(i);
      List<AnswerRow> expected = rows(client, wordings.get(0));
      compareDoors(client, score, i, expected);
      for (String wording : wordings.subList(1, wordings.size())) {
        score.comparison(!figures(rows(client, wording)).equals(figures(expected)), wording);
      }
      for (String format : FORMATS) {
        String wording = wordings.get(0) + "&labels=id&format=" + format;
        score.comparison(!figures(rows(client, wording)).equals(figures(expected)), wording);
        String all = wording.replace("limit=10000", "limit=all");
        score.comparison(!figures(rows(client, all)).equals(figures(expected)), all);
      }
      for (String totals : TOTALS) {
        String wording = wordings.get(0) + "&totals=" + totals;
        List<AnswerRow> cells = withoutTotals(rows(client, wording));
        score.comparison(!figures(cells).equals(figures(expected)), wording);
      }
      for (int size : PAGE_SIZES) {
        String wording = wordings.get(0).replace("limit=10000", "limit=" + size);
        List<AnswerRow> pages = pages(client, wording);
        score.comparison(!figures(pages).equals(figures(expected)), "pages of " + wording);
      }
      for (int size : PAGE_SIZES) {
        String wording = wordings.get(0).replace("limit=10000", "limit=" + size);
        List<AnswerRow> page = rows(client, wording);
        boolean same =
            figures(page).equals(figures(expected.subList(0, Math.min(size, expected.size()))));
        score.comparison(!same, wording);
      }
    }
    return score.result();
  }

  private static void compareDoors(
      AttackClient client, Score score, int question, List<AnswerRow> expected) {
    for (String body : BODIES.get(question)) {
      Answer answer = answered(client.post("/v1/aggregates/query", body.replace('\'', '"')), body);
      score.comparison(!figures(answer.rows()).equals(figures(expected)), body);
    }
    for (String spending : SPENDINGS.get(question)) {
      String whole = document(spending, ", first: 10000");
      for (Answer answer : List.of(ask(client, whole), post(client, whole))) {
        score.comparison(!figures(answer.rows()).equals(figures(expected)), whole);
      }
      for (String totals : TOTALS) {
        String document =
            document(spending, ", first: 10000, totals: " + totals.toUpperCase(Locale.ROOT));
        List<AnswerRow> cells = withoutTotals(ask(client, document).rows());
        score.comparison(!figures(cells).equals(figures(expected)), document);
      }
      for (int size : PAGE_SIZES) {
        boolean same = figures(nodes(client, spending, size)).equals(figures(expected));
        score.comparison(!same, "pages of %d of %s".formatted(size, spending));
      }
    }
  }

  /** Every page, from cursor to cursor, by GET and POST in turn. */
  private static List<AnswerRow> nodes(AttackClient client, String spending, int size) {
    List<AnswerRow> rows = new ArrayList<>();
    String after = "";
    do {
      String document = document(spending, ", first: " + size + after);
      Answer page = rows.isEmpty() ? post(client, document) : ask(client, document);
      rows.addAll(page.rows());
      JsonNode cursor = AttackClient.json(page.body()).at("/data/spending/pageInfo/endCursor");
      after = cursor.isTextual() ? ", after: '" + cursor.textValue() + "'" : "";
    } while (!after.isEmpty());
    return rows;
  }

  private static String document(String spending, String page) {
    String operation = "{ " + spending.replace("PAGE)", page + ")") + " }";
    return (spending.contains("...Rest") ? operation + REST : operation).replace('\'', '"');
  }

  private static Answer ask(AttackClient client, String document) {
    return answered(
        client.get("/graphql?query=" + URLEncoder.encode(document, StandardCharsets.UTF_8)),
        document);
  }

  private static Answer post(AttackClient client, String document) {
    String body = "{\"query\": \"" + document.replace("\"", "\\\"") + "\"}";
    return answered(client.post("/graphql", body), document);
  }

  private static Answer answered(Answer answer, String question) {
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(
          answer.statusCode() + " for " + question + ": " + answer.body());
    }
    return answer;
  }

  private static List<AnswerRow> withoutTotals(List<AnswerRow> rows) {
    return rows.stream().filter(row -> !row.codes().containsValue("_T")).toList();
  }

  /** Every page, from link to link. */
  private static List<AnswerRow> pages(AttackClient client, String parameters) {
    List<AnswerRow> rows = new ArrayList<>();
    String next = BASE + parameters;
    while (!next.isEmpty()) {
      Answer page = client.get(next);
      rows.addAll(page.rows());
      next = AttackClient.json(page.body()).path("links").path("next").asText("");
    }
    return rows;
  }

  private static List<AnswerRow> rows(AttackClient client, String parameters) {
    return answered(client.get(BASE + parameters), parameters).rows();
  }

  /**
   * Figures and status in order; labels may differ, and so may measures that were asked besides.
   */
  private static List<String> figures(List<AnswerRow> rows) {
    return rows.stream()
        .map(row -> plain(row.quantity()) + " " + plain(row.charged()) + " " + row.status())
        .toList();
  }

  /** 360 and 360.00 are one figure. */
  private static String plain(Optional<BigDecimal> figure) {
    return figure.map(BigDecimal::stripTrailingZeros).map(BigDecimal::toPlainString).orElse("-");
  }
}
