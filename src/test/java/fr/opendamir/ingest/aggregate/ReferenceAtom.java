package fr.opendamir.ingest.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is put together: the lines of equal codes, or the component that was taken out of a block.
 */
final class ReferenceAtom {
  private final List<String> codes;
  private final Optional<Integer> apart;
  private final List<Portion> portions;
  // For each earlier recoding, the group that it was in, if that one was below the threshold.
  private final List<Optional<List<String>>> groupsBelow = new ArrayList<>();
  private boolean large;

  ReferenceAtom(List<String> codes, Optional<Integer> apart, List<Portion> portions) {
    this.codes = codes;
    this.apart = apart;
    this.portions = portions;
  }

  List<String> codes() {
    return codes;
  }

  Optional<Integer> apart() {
    return apart;
  }

  List<Portion> portions() {
    return portions;
  }

  List<SourceLine> lines() {
    return lines(portion -> true);
  }

  List<SourceLine> lines(Predicate<Portion> counted) {
    return portions.stream().filter(counted).map(Portion::line).toList();
  }

  /** Whether it was safe by itself but held back. */
  boolean isLarge() {
    return large;
  }

  void markLarge() {
    large = true;
  }

  boolean hasActs() {
    return portions.stream().mapToLong(portion -> portion.line().quantity()).sum() != 0;
  }

  List<Optional<List<String>>> groupsBelow() {
    return groupsBelow;
  }
}
