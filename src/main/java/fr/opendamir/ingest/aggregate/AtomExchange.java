package fr.opendamir.ingest.aggregate;

import fr.opendamir.disclosure.BlockCodes;
import fr.opendamir.disclosure.ChangeRulesSql;
import fr.opendamir.disclosure.CodeColumn;
import fr.opendamir.disclosure.Groups;
import fr.opendamir.disclosure.HandedAtoms;
import fr.opendamir.disclosure.Layer;
import fr.opendamir.disclosure.NewBlocks;
import fr.opendamir.disclosure.NumberRows;
import fr.opendamir.disclosure.RowSums;
import fr.opendamir.disclosure.SafeBlockSql;
import fr.opendamir.disclosure.ServiceWeights;
import fr.opendamir.disclosure.StageAtoms;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Takes the rows of atoms from the database, and hands rows over to it. */
final class AtomExchange {
  private static final int SUM_COUNT = NewBlocks.sums().size();

  /** What a row takes while it is sorted and read. */
  private static final long ROW_BYTES = 250;

  /** The rows that are read at a time have one part in so many of the memory. */
  private static final long SHARE_OF_MEMORY = 32;

  private static final int LAYER_COUNT = Layer.columns().size();

  private final DuckDbSession session;
  private final SafeBlockSql sql;
  private final ServiceWeights services = new ServiceWeights();
  private final BlockCodes codes;

  AtomExchange(DuckDbSession session, SafeBlockSql sql, List<CodeColumn> columns) {
    this.session = session;
    this.sql = sql;
    session.forEach(
        sql.weights(), row -> services.add(row.getInt(1), row.getLong(2), row.getLong(3)));
    Map<CodeColumn, Long> notDisclosed = new HashMap<>();
    session.forEach(
        sql.notDisclosed(),
        row -> {
          for (int i = 0; i < columns.size(); i++) {
            notDisclosed.put(columns.get(i), row.getLong(i + 1));
          }
        });
    this.codes = new BlockCodes(sql.key(), notDisclosed::get);
  }

  ServiceWeights services() {
    return services;
  }

  BlockCodes codes() {
    return codes;
  }

  /** Reads the atoms of the month. */
  StageAtoms read() {
    StageAtoms atoms = new StageAtoms(services);
    for (String part : parts()) {
      read(part, atoms);
    }
    return atoms;
  }

  /** Conditions for the rows of the atoms: one for all, or several so that none takes much room. */
  private List<String> parts() {
    List<String> parts = new ArrayList<>();
    long rows = session.number("SELECT count(*) FROM line_sum");
    if (rows * ROW_BYTES <= session.memoryBytes() / SHARE_OF_MEMORY) {
      parts.add("true");
    } else {
      session.forEach(sql.parts(), row -> parts.add(row.getString(1)));
    }
    return parts;
  }

  private void read(String part, StageAtoms atoms) {
    session.forEach(
        sql.atoms(part),
        row -> {
          long high = row.getLong(1);
          long low = row.getLong(2);
          if (!atoms.isLast(high, low)) {
            atoms.start(high, low);
          }
          addRow(atoms, codes.service(high, low), row, 3);
          int tops = 4 + SUM_COUNT;
          atoms.addAmounts(row.getLong(tops), row.getLong(tops + 1));
        });
  }

  /**
   * Adds a row to the last atom.
   *
   * @param first its first column: pattern, before counts and values of layers
   */
  private static void addRow(StageAtoms atoms, int service, ResultSet row, int first)
      throws SQLException {
    int counts = first + 1;
    atoms.addRow(
        service,
        row.getLong(first),
        row.getLong(counts),
        row.getLong(counts + 1),
        row.getLong(counts + 2));
    int layers = counts + SUM_COUNT - LAYER_COUNT;
    for (int i = 0; i < LAYER_COUNT; i++) {
      atoms.setLayers(i, row.getLong(layers + i));
    }
  }

  /** Reads what has been merged, by layer; -1 are all amounts. */
  Map<Integer, StageAtoms> readMerged() {
    Map<Integer, StageAtoms> merged = new TreeMap<>();
    session.forEach(
        sql.merged(),
        row -> {
          StageAtoms ofLayer =
              merged.computeIfAbsent(
                  row.getInt(1),
                  layer -> {
                    StageAtoms none = new StageAtoms(services);
                    none.start(0, 0);
                    return none;
                  });
          addRow(ofLayer, row.getInt(2), row, 3);
        });
    return merged;
  }

  /** Adds rows of blocks to the database. */
  void write(NumberRows rows) {
    session.handOver(
        new HandedRows(
            SafeBlockSql.BLOCK_COLUMNS,
            rows.size(),
            (row, column) ->
                switch (column) {
                  case 0 -> rows.get(row, NewBlocks.BLOCK);
                  case 1 -> rows.get(row, NewBlocks.LAYER);
                  case 2 -> rows.get(row, NewBlocks.HIGH);
                  case 3 -> rows.get(row, NewBlocks.LOW);
                  case 4 -> RowSums.service(rows.get(row, NewBlocks.KIND));
                  case 5 -> RowSums.pattern(rows.get(row, NewBlocks.KIND));
                  default -> rows.get(row, NewBlocks.SUMS + column - 6);
                }),
        table -> session.run(sql.content(table)));
  }

  /**
   * Hands over the rows of some atoms.
   *
   * @param some the atoms, in their order
   * @param statements runs what reads them, given their table
   */
  void hand(StageAtoms atoms, int[] some, Consumer<String> statements) {
    int count =
        IntStream.of(some).map(atom -> atoms.firstRow(atom + 1) - atoms.firstRow(atom)).sum();
    int[] atomOf = new int[count];
    int[] rowOf = new int[count];
    int at = 0;
    for (int atom : some) {
      for (int row = atoms.firstRow(atom); row < atoms.firstRow(atom + 1); row++) {
        atomOf[at] = atom;
        rowOf[at] = row;
        at++;
      }
    }
    session.handOver(
        new HandedRows(
            HandedAtoms.COLUMNS,
            count,
            (row, column) ->
                switch (column) {
                  case 0 -> atomOf[row];
                  case 1 -> layer(atoms, atomOf[row]);
                  case 2 -> RowSums.service(atoms.kind(rowOf[row]));
                  case 3 -> RowSums.pattern(atoms.kind(rowOf[row]));
                  default -> atoms.sum(rowOf[row], column - 4);
                }),
        statements);
  }

  /** The index of the layer of an atom; -1 for all amounts. */
  int layer(StageAtoms atoms, int atom) {
    return codes.layer(atoms.high(atom), atoms.low(atom));
  }

  /** Hands over the atoms of groups that are not held back, with the blocks they would be in. */
  void handMembers(Groups groups, Consumer<String> statements) {
    NumberRows members = new NumberRows(ChangeRulesSql.MEMBER_COLUMNS.size());
    groups.forEach(
        (block, atom) -> {
          int row = members.add();
          members.set(row, 0, block);
          members.set(row, 1, atom);
        });
    hand(ChangeRulesSql.MEMBER_COLUMNS, members, statements);
  }

  /** Hands over rows as they are. */
  void hand(List<String> columns, NumberRows rows, Consumer<String> statements) {
    session.handOver(new HandedRows(columns, rows.size(), rows::get), statements);
  }

  /** The number in a row and a column. */
  @FunctionalInterface
  private interface Numbers {
    long get(int row, int column);
  }

  private record HandedRows(List<String> columns, int size, Numbers numbers)
      implements HandOver.Rows {
    @Override
    public long value(int row, int column) {
      return numbers.get(row, column);
    }
  }
}
