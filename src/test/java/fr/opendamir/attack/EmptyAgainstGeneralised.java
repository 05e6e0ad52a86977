package fr.opendamir.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Compares the answer about a cell that is empty with the answer about one whose acts were given
 * up.
 *
 * <p>Nothing is shown of either, but a status, a null row, a count, a header or a word more for one
 * of them says that somebody is there. Answers may differ in the codes that were asked for and in
 * the request id, in nothing else.
 */
final class EmptyAgainstGeneralised implements Attack {
  private static final long SEED = 47;
  private static final int PAIRS = 60;
  private static final BigDecimal MOST_OF_A_SMALL_CELL = BigDecimal.TEN;
  private static final List<String> TABLE = List.of("region", "age_band", "sex", "service");

  /** What else is asked of each of the two. */
  private static final List<String> SHAPES =
      List.of(
          "measures=quantity",
          "measures=charged,reimbursed&lang=en",
          "group_by=complementary_cover&measures=quantity,average_charge",
          "group_by=region,age_band&measures=quantity&labels=both",
          "group_by=month,exemption_group&measures=out_of_pocket,reimbursement_rate&limit=1",
          "group_by=month&measures=quantity,charged&fill=zero",
          "group_by=care_month,supplement&measures=quantity&fill=null",
          "measures=quantity,charged&month=2024-01&compare=previous_period",
          "group_by=month,supplement&measures=quantity&compare=previous_year&fill=zero");

  @Override
  public String name() {
    return "Empty cell against generalised cell";
  }

  @Override
  public AttackResult run(AttackClient client, Truth truth) {
    Random random = new Random(SEED);
    List<List<String>> empty = emptyCells(truth);
    List<TrueCell> small = new ArrayList<>();
    for (TrueCell cell : truth.smallCells(TABLE)) {
      if (!showsMore(client, cell)) {
        small.add(cell);
      }
    }
    Collections.shuffle(empty, random);
    Collections.shuffle(small, random);
    Score score = new Score(name(), client).claimingCertainty();
    for (int i = 0; i < Math.min(PAIRS, Math.min(empty.size(), small.size())); i++) {
      for (String shape : SHAPES) {
        String ofEmpty = visible(client.get(path(empty.get(i), shape)));
        String ofSmall = visible(client.get(path(small.get(i).codes(), shape)));
        score.comparison(!ofEmpty.equals(ofSmall), small.get(i) + " " + shape + ": " + ofSmall);
      }
    }
    return score.result();
  }

  /**
   * Whether a block stands there: a revision may have taken acts away without the cell telling so,
   * and the figure of eleven or more that it still shows is no sign of the few that are left.
   */
  private static boolean showsMore(AttackClient client, TrueCell cell) {
    return client
        .get(path(cell.codes(), SHAPES.get(0)))
        .single("quantity")
        .filter(figure -> figure.abs().compareTo(MOST_OF_A_SMALL_CELL) > 0)
        .isPresent();
  }

  /** Cells that the file has no line of, of codes that it has elsewhere. */
  private static List<List<String>> emptyCells(Truth truth) {
    Set<List<String>> filled = new HashSet<>(truth.quantities(TABLE).keySet());
    List<List<String>> empty = new ArrayList<>();
    for (String region : truth.codes("region")) {
      for (String age : truth.codes("age_band")) {
        for (String sex : truth.codes("sex")) {
          for (String service : SmallCellsMonth.NARROW) {
            List<String> cell = List.of(region, age, sex, service);
            if (!filled.contains(cell)) {
              empty.add(cell);
            }
          }
        }
      }
    }
    return empty;
  }

  private static String path(List<String> codes, String shape) {
    StringBuilder path = new StringBuilder("/v1/aggregates?").append(shape);
    for (int i = 0; i < TABLE.size(); i++) {
      path.append('&').append(TABLE.get(i)).append('=').append(codes.get(i));
    }
    return path.toString();
  }

  /** Everything of the answer that does not merely repeat the question. */
  private static String visible(Answer answer) {
    JsonNode body = AttackClient.json(answer.body());
    if (body instanceof ObjectNode object) {
      var unused = object.remove(List.of("query", "links", "request_id"));
    }
    return answer.statusCode()
        + " "
        + answer.headers().keySet().stream().sorted().toList()
        + " "
        + body;
  }
}
