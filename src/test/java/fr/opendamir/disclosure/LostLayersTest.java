package fr.opendamir.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Catalog;
import org.junit.jupiter.api.Test;

class LostLayersTest {
  private static final DisclosurePolicy POLICY = PolicyReader.builtIn();
  private static final ContributorWeights WEIGHTS = new ContributorWeights(POLICY, Catalog.load());
  private static final long PERSON = WEIGHTS.unitsPerPerson();
  private static final Layer SOME = Layer.ALL.get(0);
  private static final Layer OTHER = Layer.ALL.get(1);
  private static final Layer REVERSED =
      Layer.ALL.stream()
          .filter(layer -> layer.negative() && layer.amounts().equals(SOME.amounts()))
          .findFirst()
          .orElseThrow();

  private static final ServiceWeights SERVICES = services();

  private final LostLayers layers = new LostLayers(POLICY, WEIGHTS, SERVICES, false);
  private final StageAtoms atoms = new StageAtoms(SERVICES);

  @Test
  void aLayerOfTooFewIsLost() {
    add(1, SOME.bit(), 11);
    add(1, OTHER.bit(), 10);
    assertThat(lost(layers)).isEqualTo(OTHER.bit());
  }

  @Test
  void layersOfEnoughAreNot() {
    add(1, SOME.bit(), 11);
    add(2, OTHER.bit(), 11);
    assertThat(lost(layers)).isZero();
  }

  @Test
  void rowsOfALayerAreCountedTogetherByService() {
    add(1, SOME.bit(), 11);
    add(1, SOME.bit() | OTHER.bit(), 30);
    add(2, OTHER.bit(), 5);
    add(1, OTHER.bit(), -25);
    assertThat(lost(layers)).as("30 - 25 and 5").isEqualTo(OTHER.bit());
  }

  @Test
  void whatAllRowsHaveIsNotLost() {
    add(1, SOME.bit(), 5);
    add(2, SOME.bit(), 4);
    assertThat(lost(layers)).as("the block itself has too few: not a matter of layers").isZero();
  }

  /** Of a sum whose acts and reversals nearly cancel, the reversals are lost. */
  @Test
  void aSumThatReversalsNearlyCancelLosesThem() {
    add(1, 0, 100);
    add(1, SOME.bit(), 30);
    add(1, REVERSED.bit(), -25);
    assertThat(lost(layers) & REVERSED.bit()).isNotZero();
    assertThat(lost(layers) & ~Layer.NEGATIVE).isZero();
  }

  @Test
  void inARevisionEveryLayerCounts() {
    add(1, SOME.bit(), 5);
    assertThat(lost(layers)).isZero();
    assertThat(lost(new LostLayers(POLICY, WEIGHTS, SERVICES, true)) & SOME.bit()).isNotZero();
  }

  @Test
  void aBlockOfManyRowsIsCountedWhole() {
    for (int service = 0; service < 1_000; service++) {
      boolean isOther = service % 100 == 0;
      add(service, isOther ? OTHER.bit() : SOME.bit(), isOther ? 1 : 5);
    }
    assertThat(lost(layers))
        .as("a multiple of the largest service is 3 of the other, 15 of the one")
        .isEqualTo(OTHER.bit());
  }

  /** The layers that a block of all rows loses. */
  private long lost(LostLayers rules) {
    RowSums sums = new RowSums(atoms.rows());
    for (int row = 0; row < atoms.rows(); row++) {
      sums.add(atoms, row);
    }
    sums.sort();
    return rules.of(sums);
  }

  private void add(int service, long pattern, long persons) {
    if (atoms.size() == 0) {
      atoms.start(0, 0);
    }
    atoms.addRow(service, pattern, persons, persons, 0);
  }

  /** Services of which an act is a person. */
  private static ServiceWeights services() {
    ServiceWeights weights = new ServiceWeights();
    for (int service = 0; service < 1_000; service++) {
      weights.add(service, PERSON, PERSON);
    }
    return weights;
  }
}
