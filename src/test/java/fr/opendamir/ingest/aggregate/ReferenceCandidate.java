package fr.opendamir.ingest.aggregate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Atoms that agree in the codes that a recoding keeps.
 *
 * @param keyOf the codes kept of any codes, the others being {@code *}
 * @param key what it gives for each of these atoms
 * @param keptApart the class of exemptions, where it is kept as well
 * @param component the component that is put together; empty for all measures
 * @param isRecoded false for the lines of equal codes, before any recoding
 */
record ReferenceCandidate(
    Function<List<String>, List<String>> keyOf,
    List<String> key,
    Optional<Integer> keptApart,
    Optional<LineLayer> component,
    boolean isRecoded,
    List<ReferenceAtom> atoms) {

  /** The codes of the block that a change becomes: those that were kept. */
  List<String> shownCodes() {
    return key.stream().map(code -> code.equals("*") ? "ND" : code).toList();
  }

  List<Portion> portions() {
    return atoms.stream().flatMap(atom -> atom.portions().stream()).toList();
  }

  List<SourceLine> lines() {
    return atoms.stream().flatMap(atom -> atom.lines().stream()).toList();
  }

  /** Whether one line of few contributors has nearly all of the charge or the reimbursement. */
  boolean isDominated(ReferencePolicy policy) {
    return component.isEmpty()
        && (isDominated(policy, SourceLine::charged)
            || isDominated(policy, SourceLine::reimbursed));
  }

  private boolean isDominated(ReferencePolicy policy, ToLongFunction<SourceLine> amount) {
    long sum = lines().stream().mapToLong(amount).sum();
    long top =
        lines().stream()
            .flatMap(line -> line.linesOfFiles().stream())
            .filter(policy::isOfFew)
            .mapToLong(line -> Math.abs(amount.applyAsLong(line)))
            .max()
            .orElse(0);
    return top * 100 > Math.abs(sum) * policy.largestShare();
  }

  /** Whether the number of contributors nearly tells the number in each part. */
  boolean isCrowded(ReferencePolicy policy) {
    if (!isRecoded) {
      return false;
    }
    List<ReferenceAtom> counted = atoms.stream().filter(a -> a.hasActs() || a.isLarge()).toList();
    List<ReferenceAtom> small = counted.stream().filter(a -> !a.isLarge()).toList();
    long larges = (long) counted.size() - small.size();
    Persons persons = Persons.uncapped(lines(), policy);
    long most = policy.threshold() - 1L;
    if (larges > 0) {
      return !small.isEmpty() && !persons.atLeast(policy.threshold() * larges + most);
    }
    if (small.isEmpty()) {
      return false; // lines without acts are no parts
    }
    List<Map<List<String>, Long>> together = together(counted);
    Persons sum = Persons.NOBODY;
    for (ReferenceAtom atom : small) {
      sum = sum.plus(Persons.of(1, largestGroupBelow(atom, together)));
    }
    // Each atom is below the threshold, so that one part is never all.
    long parts = Math.max(2, sum.roundedUp());
    return persons.compareTo(Persons.of(most * parts - (policy.leastUncertainty() - 1))) > 0;
  }

  /** For each recoding so far, how many of these atoms were in each group below the threshold. */
  private static List<Map<List<String>, Long>> together(List<ReferenceAtom> atoms) {
    return IntStream.range(0, atoms.get(0).groupsBelow().size())
        .mapToObj(
            recoding ->
                atoms.stream()
                    .flatMap(atom -> atom.groupsBelow().get(recoding).stream())
                    .collect(Collectors.groupingBy(group -> group, Collectors.counting())))
        .toList();
  }

  /** How many atoms, at most, were together with one in a group that was below the threshold. */
  private static long largestGroupBelow(
      ReferenceAtom atom, List<Map<List<String>, Long>> together) {
    return IntStream.range(0, together.size())
        .mapToLong(
            recoding ->
                atom.groupsBelow().get(recoding).map(together.get(recoding)::get).orElse(1L))
        .max()
        .orElse(1);
  }

  /** The contributors without the largest atom. */
  Persons withoutLargestAtom(ReferencePolicy policy) {
    return withoutLargestAtom(policy, portion -> true);
  }

  /** The contributors of a layer without the atom that has most of them. */
  Persons withoutLargestAtom(ReferencePolicy policy, LineLayer layer) {
    return withoutLargestAtom(policy, portion -> portion.has(layer));
  }

  private Persons withoutLargestAtom(ReferencePolicy policy, Predicate<Portion> counted) {
    ReferenceAtom largest =
        atoms.stream()
            .max(Comparator.comparing(atom -> Persons.in(atom.lines(counted), policy)))
            .orElseThrow();
    List<SourceLine> left = new ArrayList<>();
    atoms.stream()
        .filter(atom -> atom != largest)
        .forEach(atom -> left.addAll(atom.lines(counted)));
    return Persons.in(left, policy);
  }
}
