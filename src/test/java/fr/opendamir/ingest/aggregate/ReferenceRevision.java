package fr.opendamir.ingest.aggregate;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a change must leave, written a second time: of the new file, in what the change is of, and
 * of the published blocks under its codes; nothing, or as many contributors as a block.
 */
final class ReferenceRevision {
  private record Standing(List<String> codes, List<Long> sums, BigInteger signed) {}

  private static final BigInteger LEAST = Persons.DENOMINATOR.multiply(BigInteger.valueOf(11));

  private final List<SourceLine> newLines;
  private final List<Standing> standing = new ArrayList<>();

  ReferenceRevision(List<SourceLine> newLines, List<BlockFigures> published) {
    this.newLines = newLines;
    for (BlockFigures block : published) {
      BigInteger whole = BigInteger.valueOf(block.contributors()).multiply(Persons.DENOMINATOR);
      standing.add(
          new Standing(
              block.codes(), block.sums(), block.sums().get(0) < 0 ? whole.negate() : whole));
    }
  }

  /** Whether the block cannot be published, for what it would leave. */
  boolean leavesFew(ReferenceBlock block, List<String> key, ReferenceBlocks.Key keyOf) {
    List<SourceLine> left = newLines.stream().filter(l -> keyOf.of(l).equals(key)).toList();
    if (!left.isEmpty() && !Persons.in(left).atLeast(11)) {
      return true;
    }
    List<Standing> same =
        standing.stream().filter(other -> other.codes().equals(block.codes())).toList();
    if (same.isEmpty()) {
      return false;
    }
    BigInteger persons =
        same.stream().map(Standing::signed).reduce(signed(block), BigInteger::add).abs();
    BigInteger rounding = Persons.DENOMINATOR.multiply(BigInteger.valueOf(same.size()));
    return persons.compareTo(LEAST.add(rounding)) < 0 && !cancels(block, same);
  }

  void publish(List<ReferenceBlock> blocks) {
    blocks.forEach(b -> standing.add(new Standing(b.codes(), b.figures().sums(), signed(b))));
  }

  private static boolean cancels(ReferenceBlock block, List<Standing> same) {
    List<List<Long>> all =
        Stream.concat(Stream.of(block.figures().sums()), same.stream().map(Standing::sums))
            .collect(Collectors.toList());
    for (int i = 0; i < SourceLines.MEASURES.size(); i++) {
      int measure = i;
      if (all.stream().mapToLong(sums -> sums.get(measure)).sum() != 0) {
        return false;
      }
    }
    return true;
  }

  private static BigInteger signed(ReferenceBlock block) {
    BigInteger persons = block.persons().numerator();
    return block.figures().sums().get(0) > 0 ? persons : persons.negate();
  }
}
