package fr.opendamir.ingest.aggregate;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The change of a month from one file to the next, and what it must leave: nobody, or as many
 * contributors as a block, in the new file, in what is published, and in what changed since an
 * earlier release; written a second time, from the lines of all files.
 */
final class ReferenceRevision {
  private record Kind(List<String> codes, Set<LineLayer> components) {}

  private record Published(int ordinal, ReferenceBlock block, Portion portion) {}

  /** The lines of the new file and what is published, by what a recoding keeps of their codes. */
  private record Grouped(
      Function<List<String>, List<String>> keyOf,
      Map<List<String>, List<SourceLine>> lines,
      Map<List<String>, List<Published>> published) {}

  private final ReferencePolicy policy;
  private final List<SourceLine> oldLines;
  private final List<SourceLine> newLines;
  private final List<Published> published = new ArrayList<>();
  private final int imports;

  /** Grouped for the last candidate; the next candidate often has the same recoding. */
  private Optional<Grouped> grouped = Optional.empty();

  /** One list of blocks for each import of the month, oldest first. */
  ReferenceRevision(
      List<SourceLine> oldLines,
      List<SourceLine> newLines,
      List<List<ReferenceBlock>> earlier,
      ReferencePolicy policy) {
    this.policy = policy;
    this.oldLines = oldLines;
    this.newLines = newLines;
    this.imports = earlier.size();
    for (int i = 0; i < imports; i++) {
      add(i, earlier.get(i));
    }
  }

  /** All blocks of this revision so far, with which later candidates are compared. */
  void publish(List<ReferenceBlock> blocks) {
    published.removeIf(row -> row.ordinal() == imports);
    add(imports, blocks);
  }

  List<SourceLine> newLines() {
    return newLines;
  }

  private void add(int ordinal, List<ReferenceBlock> blocks) {
    grouped = Optional.empty();
    blocks.forEach(
        block -> block.portions().forEach(p -> published.add(new Published(ordinal, block, p))));
  }

  /**
   * The difference of the sums of each kind of line. Where the acts of an atom did not change, its
   * lines without quantity that came or went count, at least one for each kind, because it is not
   * known how many lines changed.
   */
  List<SourceLine> changes() {
    Map<Kind, List<SourceLine>> then = byKind(oldLines);
    Map<Kind, List<SourceLine>> now = byKind(newLines);
    Set<Kind> kinds = new HashSet<>(then.keySet());
    kinds.addAll(now.keySet());
    Map<List<String>, Long> acts = new HashMap<>();
    newLines.forEach(line -> acts.merge(line.codes(), line.quantity(), Long::sum));
    oldLines.forEach(line -> acts.merge(line.codes(), -line.quantity(), Long::sum));
    List<SourceLine> changes = new ArrayList<>();
    for (Kind kind : kinds) {
      List<SourceLine> old = then.getOrDefault(kind, List.of());
      List<SourceLine> fresh = now.getOrDefault(kind, List.of());
      List<Long> sums = new ArrayList<>();
      for (int i = 0; i < SourceLines.MEASURES.size(); i++) {
        int measure = i;
        sums.add(
            fresh.stream().mapToLong(line -> line.sums().get(measure)).sum()
                - old.stream().mapToLong(line -> line.sums().get(measure)).sum());
      }
      long count =
          fresh.stream().mapToLong(SourceLine::count).sum()
              - old.stream().mapToLong(SourceLine::count).sum();
      long bare =
          fresh.stream().mapToLong(SourceLine::bare).sum()
              - old.stream().mapToLong(SourceLine::bare).sum();
      if (sums.stream().anyMatch(sum -> sum != 0)) {
        changes.add(
            new SourceLine(
                0,
                kind.codes(),
                sums,
                count,
                acts.get(kind.codes()) == 0 ? Math.max(1, Math.abs(bare)) : 0,
                kind.components(),
                Stream.concat(old.stream(), fresh.stream()).toList()));
      }
    }
    return changes;
  }

  private static Map<Kind, List<SourceLine>> byKind(List<SourceLine> lines) {
    Map<Kind, List<SourceLine>> kinds = new LinkedHashMap<>();
    for (SourceLine line : lines) {
      kinds
          .computeIfAbsent(new Kind(line.codes(), line.components()), k -> new ArrayList<>())
          .add(line);
    }
    return kinds;
  }

  /** Whether a candidate must be put together with more. */
  boolean isHeldBack(ReferenceCandidate candidate) {
    return leavesFew(candidate)
        || (candidate.isRecoded()
            && !candidate.withoutLargestAtom(policy).atLeast(policy.threshold()));
  }

  /** Whether it leaves few contributors, of its component if it has one. */
  boolean leavesFew(ReferenceCandidate candidate) {
    return candidate
        .component()
        .map(layer -> leavesFew(candidate, Set.of(layer)))
        .orElseGet(
            () ->
                leavesFew(
                    candidate,
                    line -> true,
                    row -> row.portion().withQuantity(),
                    Portion::withQuantity,
                    portion -> portion));
  }

  /** Whether a merged block and the published ones without codes leave few contributors. */
  boolean leavesFewWithoutCodes(Optional<LineLayer> part, List<Portion> merged) {
    List<Published> sameCell =
        published.stream()
            .filter(row -> row.block().codes().equals(ReferenceBlock.ALL_NOT_DISCLOSED))
            .filter(row -> shows(row.portion(), part))
            .toList();
    return leavesFew(
        List.of(),
        sameCell,
        merged.stream().filter(portion -> shows(portion, part)).toList(),
        portion -> part.map(portion::only).orElse(portion));
  }

  private static boolean shows(Portion portion, Optional<LineLayer> part) {
    return part.map(portion::has).orElse(portion.withQuantity());
  }

  /** Whether it leaves few contributors of some layers together. */
  boolean leavesFew(ReferenceCandidate candidate, Set<LineLayer> layers) {
    return leavesFew(
        candidate,
        line -> line.components().stream().anyMatch(layers::contains),
        row -> row.portion().hasAny(layers),
        portion -> portion.hasAny(layers),
        portion -> portion.only(layers));
  }

  private boolean leavesFew(
      ReferenceCandidate candidate,
      Predicate<SourceLine> inFile,
      Predicate<Published> inBlocks,
      Predicate<Portion> inChange,
      UnaryOperator<Portion> counted) {
    Grouped all = grouped(candidate.keyOf());
    List<SourceLine> left =
        all.lines().getOrDefault(candidate.key(), List.of()).stream().filter(inFile).toList();
    List<Published> under =
        all.published().getOrDefault(candidate.key(), List.of()).stream().filter(inBlocks).toList();
    List<Portion> change = candidate.portions().stream().filter(inChange).toList();
    List<Published> sameCell =
        under.stream().filter(row -> row.block().codes().equals(candidate.shownCodes())).toList();
    if (leavesFew(left, under, change, counted)
        || leavesFew(List.of(), sameCell, change, counted)) {
      return true;
    }
    if (candidate.keptApart().isEmpty()) {
      return false;
    }
    int kept = candidate.keptApart().get();
    return leavesFew(
        left.stream().filter(line -> policy.apart(line) == kept).toList(),
        under.stream()
            .filter(row -> row.block().apart().orElse(ReferenceBlocks.MIXED) == kept)
            .toList(),
        change,
        counted);
  }

  private Grouped grouped(Function<List<String>, List<String>> keyOf) {
    Grouped found =
        grouped
            .filter(last -> last.keyOf().equals(keyOf))
            .orElseGet(
                () ->
                    new Grouped(
                        keyOf,
                        newLines.stream().collect(groupingBy(line -> keyOf.apply(line.codes()))),
                        published.stream()
                            .collect(groupingBy(row -> keyOf.apply(row.block().codes())))));
    grouped = Optional.of(found);
    return found;
  }

  private boolean leavesFew(
      List<SourceLine> left,
      List<Published> under,
      List<Portion> change,
      UnaryOperator<Portion> counted) {
    if (isFew(left.stream().map(Portion::new).map(counted).toList(), left)) {
      return true;
    }
    for (int first = 0; first < imports; first++) {
      List<Portion> shown = new ArrayList<>();
      List<SourceLine> lines = new ArrayList<>();
      for (Published row : under) {
        if (row.ordinal() >= first) {
          SourceLine line = row.portion().line();
          shown.add(row.portion());
          lines.add(row.ordinal() == 0 ? line : line.withoutItsBareLines());
        }
      }
      if (!shown.isEmpty()) {
        shown.addAll(change);
        change.forEach(portion -> lines.add(portion.line().withoutItsBareLines()));
        if (isFew(shown.stream().map(counted).toList(), lines)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether there is something, of too few contributors. */
  private boolean isFew(List<Portion> shown, List<SourceLine> lines) {
    return ReferenceBlock.sums(shown).stream().anyMatch(sum -> sum != 0)
        && !Persons.in(lines, policy).atLeast(policy.threshold());
  }
}
