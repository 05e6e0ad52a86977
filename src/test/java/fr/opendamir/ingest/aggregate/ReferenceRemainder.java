package fr.opendamir.ingest.aggregate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is left when every code was given up, and the blocks that join it. */
final class ReferenceRemainder {
  private final ReferencePolicy policy;
  private final boolean isRevision;
  private final ReferenceOrder order;

  ReferenceRemainder(ReferencePolicy policy, boolean isRevision, ReferenceOrder order) {
    this.policy = policy;
    this.isRevision = isRevision;
    this.order = order;
  }

  /** Removes whole blocks; returns everything that is merged, empty if it is not safe. */
  Optional<List<Portion>> join(List<ReferenceAtom> left, List<ReferenceBlock> blocks) {
    List<Portion> merged = portions(left);
    Persons needed = needed(merged);
    int joined = 0;
    for (ReferenceBlock block : order.sort(blocks, ReferenceBlock::countedLines)) {
      blocks.remove(block);
      merged.addAll(block.portions());
      joined++;
      if (isEnough(merged, joined, needed)) {
        return Optional.of(merged);
      }
    }
    return isSafe(merged, joined) ? Optional.of(merged) : Optional.empty();
  }

  /** The same of a component, which leaves blocks that keep their other measures. */
  Taken takeOut(LineLayer component, List<ReferenceAtom> left, List<ReferenceBlock> blocks) {
    List<Portion> merged = portions(left);
    Persons needed = needed(merged);
    int joined = 0;
    List<ReferenceBlock> showing =
        blocks.stream().filter(block -> block.canGive(component)).toList();
    for (ReferenceBlock block : order.sort(showing, block -> lines(block.with(component)))) {
      if (block.component().isEmpty()) {
        blocks.set(blocks.indexOf(block), block.without(component));
      } else {
        blocks.remove(block);
      }
      block.with(component).forEach(portion -> merged.add(portion.only(component)));
      joined++;
      if (isEnough(merged, joined, needed)) {
        return new Taken(merged, true);
      }
    }
    return new Taken(merged, isSafe(merged, joined));
  }

  /** What was taken out of blocks, and whether it is a block. */
  record Taken(List<Portion> portions, boolean isSafe) {}

  /**
   * Parts of too few contributors of the whole month, in one block with whole blocks whose other
   * parts hide them. Where these do not suffice, the totals of a month tell the parts; a change is
   * then refused.
   */
  Optional<List<Portion>> hide(
      List<LineLayer> rare, List<Portion> hidden, List<ReferenceBlock> blocks) {
    List<Portion> merged = new ArrayList<>();
    List<LineLayer> others = new ArrayList<>();
    boolean isSafe = false;
    boolean areHidden = false;
    List<ReferenceBlock> whole =
        order.sort(
            blocks.stream()
                .filter(block -> block.component().isEmpty())
                .filter(
                    block -> !isRevision || block.codes().equals(ReferenceBlock.ALL_NOT_DISCLOSED))
                .toList(),
            ReferenceBlock::countedLines);
    Set<Set<LineLayer>> patterns = new HashSet<>();
    for (ReferenceBlock block : whole) {
      // One block of each pattern.
      boolean adds = block.components().stream().anyMatch(p -> !p.isCombinationOf(others));
      if (!areHidden && (!isSafe || adds) && patterns.add(block.components())) {
        blocks.remove(block);
        merged.addAll(block.portions());
        others.clear();
        Set<LineLayer> few = new HashSet<>(rare);
        for (LineLayer layer : LineLayer.all()) {
          List<Portion> with = merged.stream().filter(p -> p.has(layer)).toList();
          if (!with.isEmpty() && !persons(with).atLeast(policy.threshold())) {
            few.add(layer);
          } else if (!with.isEmpty() && !rare.contains(layer)) {
            others.add(layer);
          }
        }
        isSafe = persons(merged).atLeast(policy.threshold());
        areHidden = isSafe && few.stream().allMatch(p -> p.isCombinationOf(others));
      }
    }
    if (!isSafe || (isRevision && !areHidden)) {
      return Optional.empty();
    }
    merged.addAll(hidden);
    return Optional.of(merged);
  }

  private static List<Portion> portions(List<ReferenceAtom> left) {
    List<Portion> portions = new ArrayList<>();
    left.forEach(atom -> portions.addAll(atom.portions()));
    return portions;
  }

  /** What must be uncertain about the remainder: any number below the threshold, or some more. */
  private Persons needed(List<Portion> remainder) {
    return persons(remainder).atLeast(policy.threshold())
        ? uncapped(remainder).plus(Persons.of(policy.leastUncertainty() - 1))
        : Persons.of(policy.threshold() - 1);
  }

  private boolean isEnough(List<Portion> merged, int joined, Persons needed) {
    Persons least = Persons.of((long) policy.threshold() * joined).plus(needed);
    return persons(merged).atLeast(policy.threshold()) && uncapped(merged).compareTo(least) >= 0;
  }

  /** Before they are limited to a multiple of the largest service. */
  private Persons uncapped(List<Portion> portions) {
    Persons ofActs = Persons.uncapped(lines(portions), policy);
    return ofActs.compareTo(Persons.NOBODY) == 0 ? persons(portions) : ofActs;
  }

  /** A change that was held back for what it leaves would tell that alone. */
  private boolean isSafe(List<Portion> merged, int joined) {
    return (joined > 0 || !isRevision) && persons(merged).atLeast(policy.threshold());
  }

  private Persons persons(List<Portion> portions) {
    return Persons.in(lines(portions), policy);
  }

  private static List<SourceLine> lines(List<Portion> portions) {
    return portions.stream().map(Portion::line).toList();
  }
}
