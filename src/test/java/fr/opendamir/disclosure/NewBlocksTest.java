package fr.opendamir.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Blocks of atoms written by hand: codes, sums, and the layers that they lose. */
class NewBlocksTest {
  private static final DisclosurePolicy POLICY = PolicyReader.builtIn();
  private static final ContributorWeights WEIGHTS = new ContributorWeights(POLICY, Catalog.load());
  private static final List<CodeColumn> COLUMNS =
      DisclosurePolicy.blockDimensions().stream()
          .map(dimension -> new CodeColumn(dimension, true, List.of()))
          .toList();
  private static final AtomKey KEY =
      AtomKey.ofNumbers(COLUMNS, new ApartSql(POLICY, COLUMNS, YearMonth.of(2025, 1)), column -> 99)
          .orElseThrow();
  private static final long NOT_DISCLOSED = 77;
  private static final int SERVICE = 40;
  private static final String REGION = Dimension.REGION.id();
  private static final String SEX = Dimension.SEX.id();
  private static final String SERVICE_CODE = Dimension.SERVICE.id();
  private static final String SERVICE_GROUP = Level.SERVICE_GROUP.id();
  private static final Layer SOME = Layer.ALL.get(0);
  private static final Layer OTHER = Layer.ALL.get(1);

  private final ServiceWeights services = new ServiceWeights();
  private final StageAtoms atoms = new StageAtoms(services);
  private final StageAtoms pieces = new StageAtoms(services);
  private final List<long[]> made = new ArrayList<>();

  NewBlocksTest() {
    services.add(SERVICE, WEIGHTS.unitsPerPerson(), WEIGHTS.unitsPerPerson());
  }

  @Test
  void aBlockHasTheCodesThatItsAtomsShare() {
    add(Map.of(REGION, 11, SEX, 1, SERVICE_CODE, 5, SERVICE_GROUP, 9), 0, 6);
    add(Map.of(REGION, 24, SEX, 1, SERVICE_CODE, 6, SERVICE_GROUP, 9), 0, 7);
    make(Stage.BLOCKS, List.of(), Optional.empty());
    assertThat(made).hasSize(1);
    assertThat(code(0, REGION)).isEqualTo(NOT_DISCLOSED);
    assertThat(code(0, SEX)).isEqualTo(1);
    assertThat(code(0, SERVICE_CODE)).as("its group").isEqualTo(9);
    assertThat(made.get(0)[NewBlocks.SUMS]).isEqualTo(13);
    assertThat(made.get(0)[NewBlocks.LAYER]).isEqualTo(-1);
  }

  @Test
  void inARevisionABlockHasOnlyTheCodesItWasGroupedBy() {
    add(Map.of(REGION, 11, SEX, 1, SERVICE_CODE, 5, SERVICE_GROUP, 9), 0, 6);
    add(Map.of(REGION, 11, SEX, 1, SERVICE_CODE, 5, SERVICE_GROUP, 9), 0, 7);
    make(Stage.BLOCKS, List.of(), Optional.of(KEY.mask(List.of(REGION, SERVICE_GROUP))));
    assertThat(code(0, REGION)).isEqualTo(11);
    assertThat(code(0, SEX)).isEqualTo(NOT_DISCLOSED);
    assertThat(code(0, SERVICE_CODE)).isEqualTo(9);
  }

  @Test
  void rowsOfOneKindAreSummedAndOthersStayApart() {
    add(Map.of(REGION, 11), SOME.bit(), 20);
    add(Map.of(REGION, 11), SOME.bit() | OTHER.bit(), 30);
    add(Map.of(REGION, 11), SOME.bit(), 40);
    make(Stage.BLOCKS, List.of(), Optional.empty());
    assertThat(made)
        .extracting(row -> RowSums.pattern(row[NewBlocks.KIND]), row -> row[NewBlocks.SUMS])
        .containsExactly(tuple(SOME.bit(), 60L), tuple(SOME.bit() | OTHER.bit(), 30L));
    assertThat(pieces.size()).isZero();
  }

  @Test
  void aLayerOfTooFewIsTakenOutAndIsAnAtomOfTheNextStage() {
    add(Map.of(REGION, 11), SOME.bit(), 20);
    add(Map.of(REGION, 11), SOME.bit() | OTHER.bit(), 3);
    make(Stage.BLOCKS, List.of(), Optional.empty());
    assertThat(made)
        .extracting(row -> RowSums.pattern(row[NewBlocks.KIND]))
        .containsOnly(SOME.bit());
    int column = Layer.columns().indexOf(OTHER.column());
    assertThat(made).extracting(row -> row[NewBlocks.SUMS + 3 + column]).containsExactly(500L, 0L);
    assertThat(pieces.size()).isEqualTo(1);
    assertThat(pieces.rows()).isEqualTo(1);
    assertThat(KEY.place(AtomKey.LAYER).number(pieces.high(0), pieces.low(0)))
        .isEqualTo(OTHER.index() + 1L);
    assertThat(KEY.place(REGION).number(pieces.high(0), pieces.low(0))).isEqualTo(11);
    assertThat(pieces.sum(0, 0)).as("acts").isEqualTo(3);
    assertThat(pieces.sum(0, 3 + column)).as("value").isEqualTo(500);
    assertThat(RowSums.pattern(pieces.kind(0))).isEqualTo(OTHER.bit());
  }

  /** A table of sums serves all blocks; the number between them was held back. */
  @Test
  void blocksDoNotMixAndNumbersMayBeMissing() {
    add(Map.of(REGION, 11), SOME.bit(), 20);
    add(Map.of(REGION, 11), OTHER.bit(), 30);
    add(Map.of(REGION, 24), SOME.bit(), 40);
    make(Stage.BLOCKS, List.of(), Optional.empty(), atom -> atom < 2 ? 3 : 5);
    assertThat(made)
        .extracting(row -> row[NewBlocks.BLOCK], row -> row[NewBlocks.SUMS])
        .containsExactly(tuple(3L, 20L), tuple(3L, 30L), tuple(5L, 40L));
    assertThat(code(2, REGION)).isEqualTo(24);
  }

  @Test
  void whatRulesOfARevisionTakeOutIsTakenOutToo() {
    add(Map.of(REGION, 11), SOME.bit() | OTHER.bit(), 30);
    make(Stage.BLOCKS, List.of(SOME), Optional.empty());
    assertThat(RowSums.pattern(made.get(0)[NewBlocks.KIND])).isEqualTo(OTHER.bit());
    assertThat(pieces.size()).isEqualTo(1);
  }

  @Test
  void piecesAreMadeAsTheyAre() {
    add(Map.of(REGION, 11, AtomKey.LAYER, OTHER.index() + 1), OTHER.bit(), 3);
    make(Stage.PIECES, List.of(SOME), Optional.empty());
    assertThat(made.get(0)[NewBlocks.LAYER]).isEqualTo(OTHER.index());
    assertThat(code(0, AtomKey.LAYER)).as("no layer in the key").isZero();
    assertThat(pieces.size()).isZero();
  }

  /** Makes one block of all atoms. */
  private void make(Stage stage, List<Layer> lostByRules, Optional<AtomKey.Mask> kept) {
    make(stage, lostByRules, kept, atom -> 3);
  }

  private void make(
      Stage stage,
      List<Layer> lostByRules,
      Optional<AtomKey.Mask> kept,
      IntToLongFunction blockOf) {
    NewBlocks blocks =
        new NewBlocks(
            stage,
            new BlockCodes(KEY, column -> NOT_DISCLOSED),
            new LostLayers(POLICY, WEIGHTS, services, false),
            pieces);
    blocks.make(
        atoms,
        new Members(
            3,
            5,
            member -> {
              for (int atom = 0; atom < atoms.size(); atom++) {
                member.accept(blockOf.applyAsLong(atom), atom);
              }
            }),
        kept,
        block -> lostByRules.stream().mapToLong(Layer::bit).sum(),
        rows -> {
          for (int row = 0; row < rows.size(); row++) {
            int at = row;
            made.add(
                IntStream.range(0, NewBlocks.SUMS + NewBlocks.sums().size())
                    .mapToLong(column -> rows.get(at, column))
                    .toArray());
          }
        });
  }

  private long code(int row, String field) {
    return KEY.place(field).number(made.get(row)[NewBlocks.HIGH], made.get(row)[NewBlocks.LOW]);
  }

  /** Adds an atom of one row; an act is a person, and every layer has 500. */
  private void add(Map<String, Integer> fields, long pattern, long acts) {
    long high = 0;
    long low = 0;
    for (Map.Entry<String, Integer> field : fields.entrySet()) {
      high |= KEY.place(field.getKey()).high(field.getValue());
      low |= KEY.place(field.getKey()).low(field.getValue());
    }
    atoms.start(high, low);
    atoms.addRow(SERVICE, pattern, acts, acts, 0);
    for (Layer layer : List.of(SOME, OTHER)) {
      if ((pattern & layer.bit()) != 0) {
        atoms.setLayers(Layer.columns().indexOf(layer.column()), 500);
      }
    }
  }
}
