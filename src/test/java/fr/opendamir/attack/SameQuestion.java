package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks one question in many ways.
 *
 * <p>A service that hides by chance, or that applies its rule to some doors only, gives another
 * figure or shows one more cell when parameters change places, a dimension goes by its DAMIR name,
 * a list is repeated, the page is cut elsewhere, or the answer is written in another format.
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
                  + "&region=!77"),
          List.of(
              "group_by=age_band,service&measures=quantity,charged&region=53&sex=1&limit=10000",
              "group_by=age_band,service&measures=quantity,charged&region=53,53&sex=1&limit=10000",
              "sex=1&region=53&limit=10000&group_by=AGE_BEN_SNDS,PRS_NAT&measures=quantity,charged",
              "group_by=age_band,service&measures=quantity,charged&region=53&sex=!2,0,9,ND"
                  + "&limit=10000",
              "group_by=age_band,service&measures=quantity,charged&region=53&sex=1&limit=10000"
                  + "&labels=id&lang=en"));

  private static final List<String> FORMATS = List.of("csv", "ndjson");
  private static final List<Integer> PAGE_SIZES = List.of(1, 2, 7, 50);

  @Override
  public String name() {
    return "Same question, other wording";
  }

  @Override
  public AttackResult run(AttackClient client, Truth truth) {
    Score score = new Score(name(), client).claimingCertainty();
    for (List<String> wordings : WORDINGS) {
      List<AnswerRow> expected = rows(client, wordings.get(0));
      for (String wording : wordings.subList(1, wordings.size())) {
        score.comparison(!figures(rows(client, wording)).equals(figures(expected)), wording);
      }
      for (String format : FORMATS) {
        String wording = wordings.get(0) + "&labels=id&format=" + format;
        score.comparison(!figures(rows(client, wording)).equals(figures(expected)), wording);
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
    Answer answer = client.get(BASE + parameters);
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(answer.statusCode() + " for " + parameters);
    }
    return answer.rows();
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
