package fr.opendamir.ingest.aggregate;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.disclosure.CodeColumn;
import fr.opendamir.ingest.source.CareLag;
import fr.opendamir.ingest.source.CodeDictionary;
import fr.opendamir.ingest.source.RequiredColumns;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Hands atoms over to the analytical database: once, or several times where they do not fit into
 * memory. It spills what it was given, and sums the parts at the end.
 *
 * <p>All codes are handed over as integers: plain numbers as themselves, a code that is not filled
 * in as {@link CodeColumn} has it, words as negative integers far below those of code lists.
 */
final class AtomTransfer {
  private static final String PART = "atom_part";

  /** The sums of an atom, in the order of {@link AtomTable#sum}. */
  private static final List<String> SUMS =
      Stream.concat(
              Arrays.stream(SourceMeasure.values()).map(SourceMeasure::id),
              Stream.of("counted", "lines", "bare", "top_charged", "top_reimbursed"))
          .toList();

  private static final int FIRST_WORD = -1_000_000;

  /** The place of the column that is no code of the file. */
  private static final int CARE_LAG = -1;

  private final DuckDbSession session;
  private final List<CodeColumn> plain;
  private final List<CodeDictionary> dictionaries;
  private final int[] careLags;
  private final int notFilled;
  private int parts;

  /**
   * Prepares a hand-over.
   *
   * @param plain the code columns of a file that has no words
   * @param dictionaries the codes, by column of {@link RequiredColumns#CODES}
   */
  AtomTransfer(DuckDbSession session, List<CodeColumn> plain, List<CodeDictionary> dictionaries) {
    this.session = session;
    this.plain = plain;
    this.dictionaries = dictionaries;
    CodeColumn careLag = CodeColumn.of(Dimension.CARE_LAG, plain);
    this.careLags =
        CareLag.CODES.stream().mapToInt(code -> Integer.parseInt(careLag.literal(code))).toArray();
    this.notFilled = Integer.parseInt(careLag.literal(ReservedCodes.NOT_FILLED));
  }

  /** Hands over the atoms of a table. */
  void append(AtomTable atoms) {
    if (parts == 0) {
      session.run(
          "CREATE TABLE %s (%s, traits INTEGER, %s)"
              .formatted(
                  PART,
                  plain.stream().map(c -> c.name() + " INTEGER").collect(joining(", ")),
                  SUMS.stream().map(name -> name + " BIGINT").collect(joining(", "))));
    }
    parts++;
    session.handOver(
        new HandedAtoms(atoms, columns(), codes()),
        table -> session.run("INSERT INTO " + PART + " FROM " + table));
  }

  private List<String> columns() {
    return Stream.of(plain.stream().map(CodeColumn::name), Stream.of("traits"), SUMS.stream())
        .flatMap(names -> names)
        .toList();
  }

  /** The integers of all codes, by column of the atoms and position; none for the care lag. */
  private int[][] codes() {
    return plain.stream()
        .map(column -> column.dimension() == Dimension.CARE_LAG ? new int[0] : codes(column))
        .toArray(int[][]::new);
  }

  private int[] codes(CodeColumn column) {
    CodeDictionary dictionary = dictionaries.get(index(column));
    return IntStream.range(0, dictionary.size())
        .map(
            position ->
                position == CodeDictionary.NOT_FILLED
                    ? notFilled
                    : isWord(dictionary, position)
                        ? FIRST_WORD - position
                        : Integer.parseInt(dictionary.code(position)))
        .toArray();
  }

  private static boolean isWord(CodeDictionary dictionary, int position) {
    return !CodeDictionary.isPlainNumber(dictionary.code(position));
  }

  private static int index(CodeColumn column) {
    return RequiredColumns.CODES.indexOf(CodeColumns.source(column.dimension()));
  }

  /** The rows of a table of atoms, with the integers of codes. */
  private final class HandedAtoms implements HandOver.Rows {
    private final AtomTable atoms;
    private final List<String> columns;
    private final int[][] codes;
    private final int[] indexes;

    HandedAtoms(AtomTable atoms, List<String> columns, int[][] codes) {
      this.atoms = atoms;
      this.columns = columns;
      this.codes = codes;
      this.indexes =
          plain.stream()
              .mapToInt(c -> c.dimension() == Dimension.CARE_LAG ? CARE_LAG : index(c))
              .toArray();
    }

    @Override
    public List<String> columns() {
      return columns;
    }

    @Override
    public int size() {
      return atoms.rows();
    }

    @Override
    public long value(int row, int column) {
      if (column > indexes.length) {
        return atoms.sum(row, column - indexes.length - 1);
      }
      long low = atoms.keyLow(row);
      if (column == indexes.length) {
        return atoms.keys().traits(low);
      }
      return indexes[column] == CARE_LAG
          ? careLags[atoms.keys().careLag(low)]
          : codes[column][atoms.keys().code(indexes[column], low, atoms.keyHigh(row))];
    }
  }

  /**
   * Makes the table {@code line_sum} of all that was handed over.
   *
   * @param columns the code columns of the file
   */
  void finish(List<CodeColumn> columns) {
    if (parts == 1 && columns.equals(plain)) {
      session.run("ALTER TABLE " + PART + " RENAME TO line_sum");
      return;
    }
    columns.stream().filter(column -> !column.numeric()).forEach(this::createWords);
    session.run(
        """
        -- name: the atoms of all parts
        CREATE TABLE line_sum AS SELECT %s, traits, %s FROM %s%s GROUP BY ALL
        """
            .formatted(
                columns.stream().map(this::code).collect(joining(", ")),
                SUMS.stream()
                    .map(
                        name -> name.startsWith("top_") ? "max(" + name + ")" : "sum(" + name + ")")
                    .map(sum -> sum + "::BIGINT AS " + sum.substring(4, sum.length() - 1))
                    .collect(joining(", ")),
                PART,
                columns.stream()
                    .filter(column -> !column.numeric())
                    .map(c -> " LEFT JOIN %s ON %s = %s".formatted(words(c), c.name(), position(c)))
                    .collect(joining())));
    session.run("DROP TABLE " + PART);
  }

  private String code(CodeColumn column) {
    return column.numeric()
        ? column.name()
        : "CASE WHEN %1$s = %2$d THEN %3$s ELSE coalesce(%4$s, %1$s::VARCHAR) END AS %1$s"
            .formatted(
                column.name(),
                notFilled,
                column.literal(ReservedCodes.NOT_FILLED),
                "word_of_" + column.name());
  }

  private void createWords(CodeColumn column) {
    CodeDictionary dictionary = dictionaries.get(index(column));
    session.run(
        "CREATE OR REPLACE TABLE %s (%s INTEGER, word_of_%s VARCHAR)"
            .formatted(words(column), position(column), column.name()));
    session.append(
        words(column),
        rows -> {
          for (int position = 1; position < dictionary.size(); position++) {
            if (isWord(dictionary, position)) {
              rows.beginRow();
              rows.append(FIRST_WORD - position).append(dictionary.code(position));
              rows.endRow();
            }
          }
        });
  }

  private static String words(CodeColumn column) {
    return "words_of_" + column.name();
  }

  private static String position(CodeColumn column) {
    return "position_of_" + column.name();
  }
}
