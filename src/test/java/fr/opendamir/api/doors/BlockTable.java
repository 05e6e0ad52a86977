package fr.opendamir.api.doors;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.store.DatabaseSettings;
import fr.opendamir.testing.PublishedBlocks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The blocks of every served release, read once, past the service. */
final class BlockTable {
  static final List<String> SUMS =
      List.of(
          "quantity",
          "charged",
          "reimbursed",
          "excess_fees",
          "reimbursement_base",
          "reimbursed_all");

  /** Levels by which nearly every line of the fixture is a cell of its own. */
  private static final List<Level> SMALL_CELL =
      List.of(
          Level.REGION,
          Level.AGE_GROUP,
          Level.SERVICE_CODE,
          Level.PROVIDER_SPECIALTY,
          Level.EXEMPTION_REASON,
          Level.INSURANCE);

  /**
   * One block.
   *
   * @param sums in the order of {@link #SUMS}
   */
  record Block(Map<Level, String> codes, List<Long> sums) {
    boolean isCare() {
      String kind = codes.get(Level.SERVICE_KIND);
      return kind.equals("care") || kind.equals("participation");
    }

    /** The same codes with every lag that may settle a period of care. */
    Stream<Block> withEveryLag() {
      return Stream.of("0", "1", "2", "3", "4", "5", "6_11")
          .map(
              lag -> {
                Map<Level, String> others = new EnumMap<>(codes);
                others.put(Level.CARE_LAG, lag);
                YearMonth month = YearMonth.parse(codes.get(Level.MONTH_OF_PROCESSING));
                Level.of(Dimension.CARE_LAG).stream()
                    .filter(Level::isCarePeriod)
                    .forEach(level -> others.put(level, carePeriod(level.id(), month, lag)));
                return new Block(others, sums);
              });
    }
  }

  private final Map<String, List<Block>> byRelease;
  private final Map<List<Object>, List<String>> codes = new ConcurrentHashMap<>();

  private BlockTable(Map<String, List<Block>> byRelease) {
    this.byRelease = byRelease;
  }

  /** The ids of the releases, oldest first. */
  List<String> releases() {
    return List.copyOf(byRelease.keySet());
  }

  List<Block> blocks(String release) {
    return byRelease.get(release);
  }

  /** The codes of a level in a release, in their order. */
  List<String> codes(String release, Level level) {
    return codes.computeIfAbsent(
        List.of(release, level),
        key ->
            blocks(release).stream()
                .map(block -> block.codes().get(level))
                .distinct()
                .sorted()
                .toList());
  }

  /**
   * Filters on the codes of a block that takes back what another sex received but for a few acts:
   * cells without the sex are likely to be suppressed.
   */
  Map<Level, Set<String>> fewActs(String release, Random random) {
    List<Block> reversals =
        blocks(release).stream().filter(block -> block.sums().get(0) < 0).toList();
    Map<Level, String> codes = reversals.get(random.nextInt(reversals.size())).codes();
    return SMALL_CELL.stream()
        .collect(Collectors.toMap(level -> level, level -> Set.of(codes.get(level))));
  }

  static BlockTable read(String url) {
    Map<String, List<Block>> byRelease = new LinkedHashMap<>();
    try (PublishedBlocks published = PublishedBlocks.of(new DatabaseSettings(url, "postgres", ""));
        Statement statement = published.connection().createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT release_id, b.*
                FROM (SELECT * EXCLUDE (service_group, service_kind, exemption_group) FROM block) b
                JOIN release_import ri USING (import_id)
                ORDER BY sequence, b -- the draw goes by this order
                """)) {
      Catalog catalog = Catalog.load();
      while (row.next()) {
        byRelease
            .computeIfAbsent(row.getString("release_id"), id -> new ArrayList<>())
            .add(block(row, catalog));
      }
      return new BlockTable(byRelease);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** By counting months, without any code of the service. */
  private static String carePeriod(String level, YearMonth month, String lag) {
    if (lag.equals("ND") || lag.equals("unknown")) {
      return lag;
    }
    int[] bounds =
        lag.equals("6_11")
            ? new int[] {11, 6}
            : lag.equals("12_plus")
                ? new int[] {1_000, 12}
                : new int[] {Integer.parseInt(lag), Integer.parseInt(lag)};
    String first = period(level, month.minusMonths(bounds[0]));
    return first.equals(period(level, month.minusMonths(bounds[1]))) ? first : "older";
  }

  private static String period(String level, YearMonth month) {
    String year = month.toString().substring(0, 4);
    return switch (level) {
      case "care_year" -> year;
      case "care_quarter" -> year + "-Q" + (1 + (month.getMonthValue() - 1) / 3);
      default -> month.toString();
    };
  }

  private static Block block(ResultSet row, Catalog catalog) throws SQLException {
    Map<Level, String> codes = new EnumMap<>(Level.class);
    for (Level level : Level.values()) {
      Dimension dimension = level.dimension();
      String code = row.getString(dimension.id());
      codes.put(
          level,
          level.isCarePeriod()
              ? carePeriod(level.id(), YearMonth.parse(row.getString("month")), code)
              : catalog.coarser(level, code));
    }
    List<Long> sums = new ArrayList<>();
    for (String sum : SUMS) {
      sums.add(row.getLong(sum));
    }
    return new Block(codes, sums);
  }
}
