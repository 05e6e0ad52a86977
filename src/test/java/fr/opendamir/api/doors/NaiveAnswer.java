package fr.opendamir.api.doors;

import fr.opendamir.api.doors.BlockTable.Block;
import fr.opendamir.api.doors.RandomQuestion.Condition;
import fr.opendamir.catalog.Level;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The answer to a question as anybody would add it up from all blocks: without SQL, rollups or any
 * code of the service.
 */
final class NaiveAnswer {
  private static final String TOTAL = "_T";

  /** Sums of a cell: the six of all blocks, then the six of those that are care. */
  private final Map<List<String>, long[]> cells = new HashMap<>();

  /** The cells that are there because periods are filled. */
  private final Set<List<String>> empty = new HashSet<>();

  private final RandomQuestion question;

  private NaiveAnswer(RandomQuestion question) {
    this.question = question;
  }

  static List<FigureRow> of(RandomQuestion question, List<Block> blocks) {
    NaiveAnswer answer = new NaiveAnswer(question);
    blocks.stream().filter(question::isAbout).forEach(answer::add);
    question.filledPeriod().ifPresent(level -> answer.fill(level, question.periods(level, blocks)));
    return answer.rows();
  }

  /**
   * The rows of a page: its cells, and the totals whose first cell is among them, in their order.
   */
  static List<FigureRow> page(List<FigureRow> rows, int offset, int limit) {
    List<FigureRow> cells = rows.stream().filter(row -> !row.isTotal()).toList();
    Set<FigureRow> ofPage =
        new HashSet<>(
            cells.subList(Math.min(offset, cells.size()), Math.min(offset + limit, cells.size())));
    Map<List<String>, FigureRow> firstUnder = new HashMap<>();
    for (FigureRow cell : cells) {
      for (int levels = 0; levels < cell.codes().size(); levels++) {
        firstUnder.putIfAbsent(cell.codes().subList(0, levels), cell);
      }
    }
    return rows.stream()
        .filter(
            row ->
                row.isTotal()
                    ? Optional.ofNullable(firstUnder.get(prefix(row)))
                        .map(ofPage::contains)
                        .orElse(offset == 0)
                    : ofPage.contains(row))
        .toList();
  }

  /** The codes of a total that are not summed. */
  private static List<String> prefix(FigureRow total) {
    return total.codes().subList(0, total.codes().indexOf(TOTAL));
  }

  /** A group that occurs has a cell in every period; a total of periods is no period. */
  private void fill(Level level, Set<String> periods) {
    int period = question.groupBy().indexOf(level);
    for (List<String> codes : List.copyOf(cells.keySet())) {
      for (String other : codes.get(period).equals(TOTAL) ? Set.<String>of() : periods) {
        List<String> filled = new ArrayList<>(codes);
        filled.set(period, other);
        if (cells.putIfAbsent(filled, new long[2 * BlockTable.SUMS.size()]) == null) {
          empty.add(filled);
        }
      }
    }
  }

  private void add(Block block) {
    List<String> codes = new ArrayList<>(question.groupBy().size());
    for (Level level : question.groupBy()) {
      codes.add(block.codes().get(level));
    }
    addTo(codes, block);
    if (question.totals().equals("grand") && !codes.isEmpty()) {
      addTo(total(codes, 0), block);
    } else if (question.totals().equals("rollup")) {
      for (int kept = 0; kept < codes.size(); kept++) {
        addTo(total(codes, kept), block);
      }
    }
  }

  private static List<String> total(List<String> codes, int kept) {
    List<String> total = new ArrayList<>(codes.subList(0, kept));
    while (total.size() < codes.size()) {
      total.add(TOTAL);
    }
    return total;
  }

  private void addTo(List<String> codes, Block block) {
    int sums = BlockTable.SUMS.size();
    long[] cell = cells.computeIfAbsent(codes, key -> new long[2 * sums]);
    boolean isCare = block.isCare();
    for (int i = 0; i < sums; i++) {
      long sum = block.sums().get(i);
      cell[i] += sum;
      cell[sums + i] += isCare ? sum : 0;
    }
  }

  private List<FigureRow> rows() {
    List<FigureRow> kept =
        cells.entrySet().stream()
            .map(entry -> row(entry.getKey(), entry.getValue()))
            .filter(this::isKept)
            .toList();
    Set<List<String>> prefixes = new HashSet<>(Set.of(List.of()));
    for (FigureRow row : kept) {
      for (int levels = 1; levels < row.codes().size() && !row.isTotal(); levels++) {
        prefixes.add(row.codes().subList(0, levels));
      }
    }
    // A total is of some cell that is kept, or of everything.
    return kept.stream()
        .filter(row -> !row.isTotal() || prefixes.contains(prefix(row)))
        .sorted(order())
        .toList();
  }

  private FigureRow row(List<String> codes, long[] sums) {
    long quantity = Math.abs(sums[0]);
    boolean isSuppressed = quantity >= 1 && quantity <= 10;
    boolean isEmpty = empty.contains(codes);
    boolean isNull = isSuppressed || (isEmpty && question.fill().equals("null"));
    return new FigureRow(
        codes,
        question.measures().stream()
            .map(measure -> isNull ? Optional.<BigDecimal>empty() : value(measure, codes, sums))
            .toList(),
        isSuppressed
            ? "suppressed"
            : isEmpty ? "empty" : isProvisional(codes) ? "provisional" : "ok");
  }

  /** The months of the fixture are too few for any period of care to be known as complete. */
  private boolean isProvisional(List<String> codes) {
    return question.groupBy().stream()
        .filter(Level::isCarePeriod)
        .anyMatch(
            level -> Character.isDigit(codes.get(question.groupBy().indexOf(level)).charAt(0)));
  }

  private Optional<BigDecimal> value(String measure, List<String> codes, long[] sums) {
    return switch (measure) {
      case "quantity" -> Optional.of(BigDecimal.valueOf(sums[0]));
      case "out_of_pocket" -> Optional.of(care(sums, "charged").subtract(care(sums, "reimbursed")));
      case "not_covered" ->
          Optional.of(care(sums, "charged").subtract(care(sums, "reimbursed_all")));
      case "reimbursement_rate" -> quotient(care(sums, "reimbursed"), care(sums, "charged"), 6);
      case "excess_rate" -> quotient(care(sums, "excess_fees"), care(sums, "charged"), 6);
      case "average_charge" -> average(codes, sums, "charged");
      case "average_reimbursed" -> average(codes, sums, "reimbursed");
      default -> Optional.of(all(sums, measure));
    };
  }

  /** Of one service only; no service is known where it is not disclosed. */
  private Optional<BigDecimal> average(List<String> codes, long[] sums, String amount) {
    int service = question.groupBy().indexOf(Level.SERVICE_CODE);
    if (service >= 0) {
      String code = codes.get(service);
      boolean isNone = code.equals("ND") || code.startsWith("G:");
      if (isNone || (code.equals(TOTAL) && !question.isOfOneService())) {
        return Optional.empty();
      }
    }
    return quotient(all(sums, amount), BigDecimal.valueOf(sums[0]), 2);
  }

  private static BigDecimal all(long[] sums, String amount) {
    return BigDecimal.valueOf(sums[BlockTable.SUMS.indexOf(amount)], 2);
  }

  private static BigDecimal care(long[] sums, String amount) {
    int sum = BlockTable.SUMS.size() + BlockTable.SUMS.indexOf(amount);
    return BigDecimal.valueOf(sums[sum], 2);
  }

  private static Optional<BigDecimal> quotient(BigDecimal dividend, BigDecimal divisor, int scale) {
    return divisor.signum() == 0
        ? Optional.empty()
        : Optional.of(dividend.divide(divisor, scale, RoundingMode.HALF_UP));
  }

  private boolean isKept(FigureRow row) {
    return row.isTotal() || question.having().stream().allMatch(condition -> meets(row, condition));
  }

  private boolean meets(FigureRow row, Condition condition) {
    return row.values()
        .get(question.measures().indexOf(condition.measure()))
        .map(value -> condition.accepts(value.compareTo(condition.value())))
        .orElse(false);
  }

  private Comparator<FigureRow> order() {
    List<Comparator<FigureRow>> keys = new ArrayList<>();
    for (String key : question.sort()) {
      boolean isDescending = key.startsWith("-");
      String name = isDescending ? key.substring(1) : key;
      int measure = question.measures().indexOf(name);
      int level = question.groupBy().stream().map(Level::id).toList().indexOf(name);
      keys.add(measure >= 0 ? byValue(measure, isDescending) : byCode(level, isDescending));
    }
    for (int i = 0; i < question.groupBy().size(); i++) {
      keys.add(byCode(i, false));
    }
    return keys.stream().reduce(Comparator::thenComparing).orElse(byStatus());
  }

  /** The only row is first. */
  private static Comparator<FigureRow> byStatus() {
    return Comparator.comparing(FigureRow::status);
  }

  /** What has no figure comes last in both directions. */
  private static Comparator<FigureRow> byValue(int measure, boolean isDescending) {
    Comparator<BigDecimal> order = Comparator.naturalOrder();
    return Comparator.comparing(
        row -> row.values().get(measure).orElse(null),
        Comparator.nullsLast(isDescending ? order.reversed() : order));
  }

  /** Short codes before long ones; totals last in both directions. */
  private static Comparator<FigureRow> byCode(int level, boolean isDescending) {
    Comparator<String> order =
        Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());
    Comparator<String> totalsLast = Comparator.comparing(TOTAL::equals);
    return Comparator.comparing(
        row -> row.codes().get(level),
        totalsLast.thenComparing(isDescending ? order.reversed() : order));
  }
}
