package fr.opendamir.ingest.aggregate;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a change must leave, written a second time: nothing, or as many contributors as a block, in
 * the new file, in what is published, and in what changed since an earlier release; each of what
 * the change was put together by.
 */
final class ReferenceRevision {
  /** Blocks of the revision being made are newer than any published one. */
  private static final int NOW = Integer.MAX_VALUE;

  private static final int SERVICE = SourceLines.DIMENSIONS.indexOf("service");
  private static final BigInteger LEAST = Persons.DENOMINATOR.multiply(BigInteger.valueOf(11));

  private record Standing(
      int ordinal, List<String> codes, List<Long> sums, BigInteger mostContributors) {}

  private final List<SourceLine> newLines;
  private final List<Standing> standing = new ArrayList<>();
  private final int imports;

  /** One list of blocks for each import of the month, oldest first. */
  ReferenceRevision(List<SourceLine> newLines, List<List<BlockFigures>> published) {
    this.newLines = newLines;
    this.imports = published.size();
    for (int i = 0; i < published.size(); i++) {
      for (BlockFigures block : published.get(i)) {
        BigInteger more = BigInteger.valueOf(block.contributors() + 1);
        standing.add(
            new Standing(i, block.codes(), block.sums(), more.multiply(Persons.DENOMINATOR)));
      }
    }
  }

  /** Whether the block cannot be published, for what it would leave. */
  boolean leavesFew(ReferenceBlock block, List<String> key, ReferenceBlocks.Key keyOf) {
    List<SourceLine> left = newLines.stream().filter(l -> keyOf.of(l.codes()).equals(key)).toList();
    if (!left.isEmpty() && !Persons.in(left).atLeast(11)) {
      return true;
    }
    List<Standing> under =
        standing.stream().filter(other -> keyOf.of(other.codes()).equals(key)).toList();
    for (int first = 0; first < imports; first++) {
      int from = first;
      if (isFew(block, under.stream().filter(other -> other.ordinal() >= from).toList())) {
        return true;
      }
    }
    return false;
  }

  void publish(List<ReferenceBlock> blocks) {
    blocks.forEach(
        block ->
            standing.add(
                new Standing(
                    NOW, block.codes(), block.figures().sums(), block.persons().numerator())));
  }

  private static boolean isFew(ReferenceBlock block, List<Standing> others) {
    if (others.isEmpty()) {
      return false;
    }
    long[] sums = new long[SourceLines.MEASURES.size()];
    Map<String, Long> acts = new TreeMap<>();
    for (SourceLine line : block.lines()) {
      acts.merge(line.service(), line.quantity(), Long::sum);
      add(sums, line.sums());
    }
    BigInteger mayTakeAway = BigInteger.ZERO;
    for (Standing other : others) {
      String service = other.codes().get(SERVICE);
      long quantity = other.sums().get(0);
      boolean isKnown = !service.equals("ND") && !service.startsWith("G:");
      if (isKnown) {
        acts.merge(service, quantity, Long::sum);
      }
      if (!isKnown || quantity == 0) {
        mayTakeAway = mayTakeAway.add(other.mostContributors());
      }
      add(sums, other.sums());
    }
    boolean nothing = true;
    for (long sum : sums) {
      nothing &= sum == 0;
    }
    BigInteger persons = BigInteger.ZERO;
    for (Map.Entry<String, Long> entry : acts.entrySet()) {
      persons = persons.add(Persons.ofActs(entry.getKey(), entry.getValue()));
    }
    return !nothing && persons.compareTo(LEAST.add(mayTakeAway)) < 0;
  }

  private static void add(long[] sums, List<Long> more) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += more.get(i);
    }
  }
}
