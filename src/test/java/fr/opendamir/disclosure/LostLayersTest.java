package fr.opendamir.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Catalog;
import java.util.List;
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

  private final LostLayers layers = new LostLayers(POLICY, WEIGHTS, false);

  @Test
  void aLayerOfTooFewIsLostAndOneOfEnoughIsNot() {
    add(1, 1, SOME.bit(), 11);
    add(1, 1, OTHER.bit(), 10);
    add(2, 1, SOME.bit(), 11);
    add(2, 2, OTHER.bit(), 11);
    assertThat(layers.found()).containsExactly(new LostLayers.Lost(1, OTHER.bit()));
  }

  @Test
  void rowsOfALayerAreCountedTogetherByService() {
    add(1, 1, SOME.bit(), 11);
    add(1, 1, SOME.bit() | OTHER.bit(), 30);
    add(1, 1, OTHER.bit(), -25);
    add(1, 2, OTHER.bit(), 5);
    assertThat(layers.found()).as("30 - 25 and 5").containsExactly(lost(1, OTHER));
  }

  @Test
  void whatAllRowsHaveIsNotLost() {
    add(1, 1, SOME.bit(), 5);
    add(1, 2, SOME.bit(), 4);
    assertThat(layers.found()).as("the block itself has too few: not a matter of layers").isEmpty();
  }

  /** Of a sum whose acts and reversals nearly cancel, the reversals are lost. */
  @Test
  void aSumThatReversalsNearlyCancelLosesThem() {
    add(1, 1, 0, 100);
    add(1, 1, SOME.bit(), 30);
    add(1, 1, REVERSED.bit(), -25);
    long found = layers.found().get(0).layers();
    assertThat(found & REVERSED.bit()).isNotZero();
    assertThat(found & ~Layer.NEGATIVE).isZero();
  }

  @Test
  void inARevisionEveryLayerCounts() {
    LostLayers ofRevision = new LostLayers(POLICY, WEIGHTS, true);
    ofRevision.add(new LostLayers.Row(3, 1, SOME.bit(), 5 * PERSON, 5 * PERSON, 0));
    List<LostLayers.Lost> found = ofRevision.found();
    assertThat(found).hasSize(1);
    assertThat(found.get(0).block()).isEqualTo(3);
    assertThat(found.get(0).layers() & SOME.bit()).isNotZero();
  }

  @Test
  void aBlockOfManyRowsIsCountedWhole() {
    for (int service = 0; service < 1_000; service++) {
      boolean isOther = service % 100 == 0;
      add(1, service, isOther ? OTHER.bit() : SOME.bit(), isOther ? 1 : 5);
    }
    assertThat(layers.found())
        .as("a multiple of the largest service is 3 of the other, 15 of the one")
        .containsExactly(lost(1, OTHER));
  }

  private static LostLayers.Lost lost(long block, Layer layer) {
    return new LostLayers.Lost(block, layer.bit());
  }

  private void add(long block, int service, long pattern, long persons) {
    layers.add(new LostLayers.Row(block, service, pattern, persons * PERSON, persons * PERSON, 0));
  }
}
