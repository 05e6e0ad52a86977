package fr.opendamir.attack;

import fr.opendamir.store.DatabaseSettings;
import fr.opendamir.testing.PublishedBlocks;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every block with all its dimensions, which a patient reader can collect. */
final class WholeTable implements PublishedFigures {
  private final List<AnswerRow> blocks;

  WholeTable(List<AnswerRow> blocks) {
    this.blocks = List.copyOf(blocks);
  }

  /** The blocks of a month in the files that every service of the database gets. */
  static WholeTable read(DatabaseSettings database, String month) {
    List<AnswerRow> rows = new ArrayList<>();
    try (PublishedBlocks published = PublishedBlocks.of(database);
        Statement statement = published.connection().createStatement();
        ResultSet row =
            statement.executeQuery("SELECT * FROM block WHERE month = '" + month + "'")) {
      while (row.next()) {
        Map<String, String> codes = new LinkedHashMap<>();
        for (String dimension : FullMonth.DIMENSIONS) {
          codes.put(dimension, row.getString(dimension));
        }
        Map<String, BigDecimal> figures = new LinkedHashMap<>();
        for (String measure : FullMonth.MEASURES) {
          figures.put(
              measure,
              BigDecimal.valueOf(row.getLong(measure), measure.equals("quantity") ? 0 : 2));
        }
        rows.add(new AnswerRow(codes, figures, "ok"));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new WholeTable(rows);
  }

  /** The lines as they are, as if each code had been published. */
  static WholeTable of(List<FullLine> lines) {
    return new WholeTable(lines.stream().map(WholeTable::row).toList());
  }

  /** The lines in one block, with these codes. */
  WholeTable and(List<FullLine> lines, Map<String, String> codes) {
    List<AnswerRow> more = new ArrayList<>(blocks);
    lines.forEach(line -> more.add(new AnswerRow(codes, row(line).figures(), "ok")));
    return new WholeTable(more);
  }

  @Override
  public List<AnswerRow> rows(List<String> levels) {
    Map<List<String>, Map<String, BigDecimal>> sums = new LinkedHashMap<>();
    for (AnswerRow block : blocks) {
      Map<String, BigDecimal> sum =
          sums.computeIfAbsent(block.key(levels), key -> new LinkedHashMap<>());
      block.figures().forEach((measure, figure) -> sum.merge(measure, figure, BigDecimal::add));
    }
    return sums.entrySet().stream()
        .map(cell -> new AnswerRow(codes(levels, cell.getKey()), cell.getValue(), "ok"))
        .toList();
  }

  @Override
  public List<String> finest() {
    return FullMonth.DIMENSIONS;
  }

  @Override
  public int questions() {
    return 0;
  }

  private static AnswerRow row(FullLine line) {
    Map<String, BigDecimal> figures = new LinkedHashMap<>();
    FullMonth.MEASURES.forEach(measure -> figures.put(measure, line.amount(measure)));
    return new AnswerRow(line.codes(), figures, "ok");
  }

  private static Map<String, String> codes(List<String> levels, List<String> key) {
    Map<String, String> codes = new LinkedHashMap<>();
    for (int i = 0; i < levels.size(); i++) {
      codes.put(levels.get(i), key.get(i));
    }
    return codes;
  }
}
