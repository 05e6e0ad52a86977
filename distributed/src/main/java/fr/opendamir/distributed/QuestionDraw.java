package fr.opendamir.distributed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random questions as addresses: levels, measures, filters, order and totals. */
final class QuestionDraw {
  private static final List<String> LEVELS =
      List.of(
          "month",
          "care_month",
          "region",
          "age_band",
          "age_group",
          "sex",
          "service",
          "service_group",
          "provider_specialty",
          "provider_activity",
          "exemption",
          "exemption_group",
          "facility_type",
          "supplement",
          "complementary_cover");
  private static final List<String> MEASURES =
      List.of(
          "quantity",
          "charged",
          "reimbursed",
          "excess_fees",
          "reimbursement_base",
          "out_of_pocket",
          "reimbursement_rate",
          "excess_rate");
  private static final List<String> FILTERS =
      List.of(
          "",
          "",
          "&region=11,84",
          "&sex=2",
          "&age_group=60_plus,40_59",
          "&exemption_group=!none",
          "&service_group=nursing,consultations");
  private static final List<String> TOTALS = List.of("none", "none", "grand", "rollup");

  private final Random random;

  QuestionDraw(long seed) {
    random = new Random(seed);
  }

  /** The next question, of two to four levels and one to three measures. */
  String next() {
    List<String> levels = some(LEVELS, 2 + random.nextInt(3));
    List<String> measures = some(MEASURES, 1 + random.nextInt(3));
    String sort = random.nextBoolean() ? "" : "&sort=-" + measures.get(0);
    return "group_by="
        + String.join(",", levels)
        + "&measures="
        + String.join(",", measures)
        + one(FILTERS)
        + sort
        + "&totals="
        + one(TOTALS);
  }

  private List<String> some(List<String> all, int count) {
    List<String> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, count);
  }

  private String one(List<String> all) {
    return all.get(random.nextInt(all.size()));
  }
}
