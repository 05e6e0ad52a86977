package fr.opendamir.disclosure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds the groups of pending atoms that are safe, recoding by recoding, and puts them in blocks. A
 * group with enough contributors is held back, so that its atoms stay pending for the next
 * recoding,
 *
 * <ul>
 *   <li>if one line has too large a share of its amounts;
 *   <li>if it is made of atoms that are too small themselves, and has so nearly the maximum for
 *       their number that it reveals each of them ({@link PartsRule});
 *   <li>if the caller says so ({@link Groups#holdBack}): in a revision, where it and published
 *       blocks would leave too few contributors ({@link RevisionSql}).
 * </ul>
 *
 * <p>Blocks are numbered in the order of what their atoms have in common, so the result depends
 * neither on the order of lines nor on the number of threads. The groups of a search must be {@link
 * #accept accepted} before the next one.
 */
public final class GroupSearch {
  private final StageAtoms atoms;
  private final PendingAtoms states;
  private final ContributorWeights weights;
  private final int largestShare;
  private final PartsRule partsRule;

  /** The masks of the recodings done. */
  private final List<AtomKey.Mask> recodings = new ArrayList<>();

  /** Tables that every search uses again: a search of its own would leave much to collect. */
  private final KeyNumbers groupKeys;

  private final KeyNumbers serviceKeys;

  private int[] pending;
  private long lastBlock;

  /**
   * Prepares the search of a stage.
   *
   * @param lastBlock the greatest number of a block that exists; 0 if there is none
   */
  public GroupSearch(
      StageAtoms atoms, ContributorWeights weights, DisclosurePolicy policy, long lastBlock) {
    this.atoms = atoms;
    this.states = new PendingAtoms(atoms);
    this.weights = weights;
    this.largestShare = policy.largestShare();
    this.groupKeys = new KeyNumbers(atoms.size());
    this.serviceKeys = new KeyNumbers(states.places());
    this.partsRule = new PartsRule(atoms, states, weights, policy.leastUncertainty(), serviceKeys);
    this.pending = IntStream.range(0, atoms.size()).toArray();
    this.lastBlock = lastBlock;
  }

  /** Whether every atom is in a block. */
  public boolean isDone() {
    return pending.length == 0;
  }

  /** Finds the atoms that are safe by themselves. Only before the first recoding. */
  public Groups single() {
    int[] each = IntStream.range(0, pending.length).toArray();
    Groups groups = groups(Optional.empty(), each, each.length, Optional.empty());
    groups.holdBackDominated(largestShare);
    return groups;
  }

  /** Finds the groups of atoms that agree in the fields that a recoding keeps. */
  public Groups recoded(AtomKey.Mask mask) {
    groupKeys.clear(pending.length);
    int[] groupOf = new int[pending.length];
    for (int i = 0; i < pending.length; i++) {
      int atom = pending[i];
      groupOf[i] = groupKeys.of(states.high(atom) & mask.high(), states.low(atom) & mask.low(), 0);
    }
    Groups groups = groups(Optional.of(mask), groupOf, groupKeys.size(), Optional.of(groupKeys));
    groups.holdBackDominated(largestShare);
    partsRule.holdBackCrowded(groups, recodings);
    return groups;
  }

  private Groups groups(
      Optional<AtomKey.Mask> mask, int[] groupOf, int count, Optional<KeyNumbers> keys) {
    return new Groups(
        mask, atoms, states, pending, groupOf, count, keys, weights, serviceKeys, lastBlock + 1);
  }

  /** The greatest number of a block. */
  public long lastBlock() {
    return lastBlock;
  }

  /** Puts the atoms of groups in blocks, and marks the atoms of those that are held back. */
  public void accept(Groups groups) {
    lastBlock = groups.accept(lastBlock, recodings.size());
    pending = IntStream.of(pending).filter(states::isPending).toArray();
    groups.mask().ifPresent(recodings::add);
  }

  /** Calls for each atom that has a block. */
  public void forEachInBlock(BlockMember member) {
    for (int atom = 0; atom < states.size(); atom++) {
      if (!states.isPending(atom)) {
        member.accept(states.block(atom), atom);
      }
    }
  }

  /** The atoms that have no block. */
  public IntStream pending() {
    return IntStream.of(pending);
  }
}
