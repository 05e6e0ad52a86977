package fr.opendamir.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.catalog.Catalog;
import java.util.Map;
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

  private final PendingAtoms atoms = new PendingAtoms(20);
  private long next = 1;

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
    long many = 30 * PERSON;
    atoms.add(new PendingAtoms.Row(1, SERVICE, 0, 0x11, many, 6 * PERSON, 30, 0, 0, 0, 0, 0));
    atoms.add(new PendingAtoms.Row(1, SERVICE + 1, 0, 0x11, many, 4 * PERSON, 30, 0, 0, 0, 0, 0));
    GroupSearch search = search(0);
    assertThat(search.single().isEmpty()).as("payments limit acts: ten").isTrue();
    atoms.add(new PendingAtoms.Row(1, SERVICE + 2, 0, 0x11, many, PERSON, 30, 0, 0, 0, 0, 0));
    search = search(0);
    search.accept(search.single());
    assertThat(blocks()).isEqualTo(Map.of(1L, 1L));
  }

  @Test
  void aMultipleOfTheLargestServiceIsTheMost() {
    int services = 3 * POLICY.weights().servicesPerPerson();
    for (int service = 0; service < services; service++) {
      atoms.add(
          new PendingAtoms.Row(1, service, 0, 0x11, 10 * PERSON, 10 * PERSON, 1, 0, 0, 0, 0, 0));
    }
    GroupSearch search = search(0);
    boolean areEnough = 10L * POLICY.weights().servicesPerPerson() >= POLICY.threshold();
    assertThat(search.single().isEmpty()).isEqualTo(!areEnough);
  }

  @Test
  void linesCountWhereThereAreNoActs() {
    int lines = POLICY.threshold() * POLICY.weights().linesPerPerson();
    atoms.add(new PendingAtoms.Row(1, SERVICE, 0, 0x11, 0, 0, 0, lines - 1, 0, 0, 0, 0));
    atoms.add(new PendingAtoms.Row(2, SERVICE, 0, 0x12, 0, 0, 0, lines, 0, 0, 0, 0));
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
    atoms.add(new PendingAtoms.Row(next++, SERVICE, 0, 0x13, 0, 0, 0, 1, 0, 0, 0, 0));
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
    groups.forEach((block, atom) -> members.put(atom, block));
    assertThat(members).isEqualTo(Map.of(1L, 8L));
    search.accept(groups);
    add(0x13, 12);
    assertThat(blocks()).isEqualTo(Map.of(1L, 8L));
    search.accept(search.recoded(new AtomKey.Mask(0, 0xFF)));
    assertThat(blocks()).as("large, and no small one beside it").isEqualTo(Map.of(1L, 8L, 2L, 9L));
  }

  @Test
  void atomsComeInOrder() {
    add(0x11, 1);
    next = 0;
    assertThatThrownBy(() -> add(0x12, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  private GroupSearch search(long lastBlock) {
    return new GroupSearch(atoms, WEIGHTS, POLICY, lastBlock);
  }

  private Map<Long, Long> blocks() {
    Map<Long, Long> blocks = new TreeMap<>();
    atoms.forEachInBlock((block, atom) -> blocks.put(atom, block));
    return blocks;
  }

  private void add(long key, long persons) {
    add(key, SERVICE, persons);
  }

  private void add(long key, int service, long persons) {
    long units = persons * PERSON;
    atoms.add(
        new PendingAtoms.Row(next++, service, 0, key, units, units, persons, 0, 1000, 1000, 0, 0));
  }

  private void addAmounts(long key, long persons, long charged, long topCharged) {
    long units = persons * PERSON;
    atoms.add(
        new PendingAtoms.Row(
            next++, SERVICE, 0, key, units, units, persons, 0, charged, 0, topCharged, 0));
  }
}
