package fr.opendamir.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.SourceMeasure;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The search for groups on atoms written by hand. The key of an atom is a number of two digits: a
 * recoding that keeps the tens gives up the ones.
 */
class GroupSearchTest {
  private static final DisclosurePolicy POLICY = PolicyReader.builtIn();
  private static final ContributorWeights WEIGHTS = new ContributorWeights(POLICY, Catalog.load());
  private static final long PERSON = WEIGHTS.unitsPerPerson();
  private static final AtomKey.Mask TENS = new AtomKey.Mask(0, 0xF0);
  private static final AtomKey.Mask NOTHING = new AtomKey.Mask(0, 0);
  private static final int SERVICE = 1;

  /** The layer that only the charge has. */
  private static final Layer CHARGED =
      Layer.ALL.stream()
          .filter(layer -> layer.amounts().equals(Set.of(SourceMeasure.CHARGED)))
          .findFirst()
          .orElseThrow();

  private final ServiceWeights services = new ServiceWeights();
  private final StageAtoms atoms = new StageAtoms(services);
  private GroupSearch latest;

  @Test
  void atomsWithEnoughContributorsAreBlocksInTheirOrder() {
    add(0x11, 11);
    add(0x12, 10);
    add(0x21, 500);
    GroupSearch search = search(40);
    search.accept(search.single());
    assertThat(blocks()).isEqualTo(Map.of(1L, 41L, 3L, 42L));
    assertThat(search.isDone()).isFalse();
  }

  @Test
  void groupsAreNumberedByWhatTheirAtomsHaveInCommon() {
    add(0x21, 6);
    add(0x11, 6);
    add(0x12, 7);
    add(0x22, 8);
    GroupSearch search = search(0);
    search.accept(search.recoded(TENS));
    assertThat(blocks()).isEqualTo(Map.of(1L, 2L, 2L, 1L, 3L, 1L, 4L, 2L));
    assertThat(search.isDone()).isTrue();
  }

  @Test
  void reversalsOfAServiceTakeItsActsBack() {
    add(0x11, SERVICE, 30);
    add(0x12, SERVICE, -20);
    add(0x21, SERVICE, 30);
    add(0x22, SERVICE + 1, -20);
    GroupSearch search = search(0);
    assertThat(search.recoded(TENS).isEmpty()).as("10, and 50 in two parts").isTrue();
    add(0x13, SERVICE, -21);
    search = search(0);
    search.accept(search.recoded(TENS));
    assertThat(blocks()).as("11 are left").containsOnlyKeys(1L, 2L, 5L);
  }

  @Test
  void theRowsOfAnAtomAreCountedByService() {
    addRow(0x11, SERVICE, 30, 6);
    addRow(0x11, SERVICE + 1, 30, 4);
    GroupSearch search = search(0);
    assertThat(search.single().isEmpty()).as("payments limit acts: ten").isTrue();
    addRow(0x11, SERVICE + 2, 30, 1);
    search = search(0);
    search.accept(search.single());
    assertThat(blocks()).isEqualTo(Map.of(1L, 1L));
  }

  @Test
  void aMultipleOfTheLargestServiceIsTheMost() {
    int services = 3 * POLICY.weights().servicesPerPerson();
    for (int service = 0; service < services; service++) {
      addRow(0x11, service, 10, 10);
    }
    GroupSearch search = search(0);
    boolean areEnough = 10L * POLICY.weights().servicesPerPerson() >= POLICY.threshold();
    assertThat(search.single().isEmpty()).isEqualTo(!areEnough);
  }

  @Test
  void linesCountWhereThereAreNoActs() {
    int lines = POLICY.threshold() * POLICY.weights().linesPerPerson();
    addLines(0x11, lines - 1);
    addLines(0x12, lines);
    GroupSearch search = search(0);
    search.accept(search.single());
    assertThat(blocks()).isEqualTo(Map.of(2L, 1L));
  }

  @Test
  void oneLineWithTooLargeAShareHoldsAGroupBack() {
    long share = POLICY.largestShare();
    addAmounts(0x11, 100, 100, share);
    addAmounts(0x21, 100, 100, share + 1);
    addAmounts(0x31, 100, -100, share + 1);
    GroupSearch search = search(0);
    search.accept(search.single());
    assertThat(blocks()).containsOnlyKeys(1L);
  }

  /** Twenty in two parts are ten and ten; sixteen may be six and ten, or eight and eight. */
  @Test
  void aGroupNearTheMaximumOfItsPartsIsHeldBack() {
    add(0x11, 10);
    add(0x12, 10);
    add(0x21, 8);
    add(0x22, 8);
    GroupSearch search = search(0);
    search.accept(search.recoded(TENS));
    assertThat(blocks()).containsOnlyKeys(3L, 4L);
  }

  /** What was one group at a recoding, and had too few, is one part; what was held back is not. */
  @Test
  void atomsThatWereInOneSmallGroupAreOnePart() {
    add(0x11, 4);
    add(0x12, 6);
    add(0x21, 10);
    GroupSearch search = search(0);
    search.accept(search.recoded(TENS));
    search.accept(search.recoded(NOTHING));
    assertThat(blocks()).as("20 in two parts").isEmpty();
    GroupSearch once = search(0);
    once.accept(once.recoded(NOTHING));
    assertThat(blocks()).as("20 in three parts").hasSize(3);
  }

  @Test
  void atomsWithoutActsAreNoParts() {
    add(0x11, 10);
    add(0x12, 10);
    addLines(0x13, 1);
    GroupSearch search = search(0);
    assertThat(search.recoded(TENS).isEmpty()).isTrue();
  }

  @Test
  void smallAtomsBesideALargeOneNeedRoomForAnyNumber() {
    addAmounts(0x11, 12, 100, 100);
    add(0x12, 8);
    addAmounts(0x21, 13, 100, 100);
    add(0x22, 8);
    GroupSearch search = search(0);
    search.accept(search.single());
    assertThat(blocks()).as("one line has all amounts").isEmpty();
    search.accept(search.recoded(TENS));
    assertThat(blocks())
        .as("12 + 8 are less than 11 + 10, 13 + 8 are not")
        .containsOnlyKeys(3L, 4L);
  }

  @Test
  void aGroupThatTheCallerHoldsBackStaysAndItsNumberIsFree() {
    add(0x11, 12);
    add(0x12, 12);
    GroupSearch search = search(7);
    Groups groups = search.single();
    groups.holdBack(9);
    Map<Long, Long> members = new TreeMap<>();
    groups.forEach((block, atom) -> members.put(atom + 1L, block));
    assertThat(members).isEqualTo(Map.of(1L, 8L));
    search.accept(groups);
    assertThat(blocks()).isEqualTo(Map.of(1L, 8L));
    search.accept(search.recoded(new AtomKey.Mask(0, 0xFF)));
    assertThat(blocks()).as("large, and no small one beside it").isEqualTo(Map.of(1L, 8L, 2L, 9L));
  }

  private GroupSearch search(long lastBlock) {
    latest = new GroupSearch(atoms, WEIGHTS, POLICY, lastBlock);
    return latest;
  }

  /** The blocks of the latest search by atom, which are counted from 1. */
  private Map<Long, Long> blocks() {
    Map<Long, Long> blocks = new TreeMap<>();
    latest.forEachInBlock((block, atom) -> blocks.put(atom + 1L, block));
    return blocks;
  }

  private void add(long key, long persons) {
    add(key, SERVICE, persons);
  }

  private void add(long key, int service, long persons) {
    addRow(key, service, persons, persons);
    addAmounts(1000, 0);
  }

  private void addAmounts(long key, long persons, long charged, long topCharged) {
    addRow(key, SERVICE, persons, persons);
    addAmounts(charged, topCharged);
  }

  private void addLines(long key, long lines) {
    addRow(key, SERVICE, 0, 0);
    atoms.addRow(SERVICE, 0, 0, 0, lines);
  }

  /** Adds a row to the atom of a key; an act or a payment is a person. */
  private void addRow(long key, int service, long acts, long payments) {
    services.add(service, PERSON, PERSON);
    if (!atoms.isLast(0, key)) {
      atoms.start(0, key);
    }
    atoms.addRow(service, CHARGED.bit(), acts, payments, 0);
  }

  private void addAmounts(long charged, long topCharged) {
    atoms.setLayers(Layer.columns().indexOf(CHARGED.column()), charged);
    atoms.addAmounts(topCharged, 0);
  }
}
