package fr.opendamir.ingest.aggregate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The algorithm of safe blocks written a second time, straight from its description, with plain
 * lists of source lines: it shares nothing with the import but that text, the policy document and
 * the CSV files of the catalog.
 */
final class ReferenceBlocks {
  /** What blocks of several kinds have in the place of what stays apart. */
  static final int MIXED = -1;

  private final ReferencePolicy policy;
  private final Optional<ReferenceRevision> revision;
  private final List<ReferenceBlock> blocks = new ArrayList<>();
  private final Map<LineLayer, List<ReferenceAtom>> pieces = new HashMap<>();

  private ReferenceBlocks(ReferencePolicy policy, Optional<ReferenceRevision> revision) {
    this.policy = policy;
    this.revision = revision;
    policy.components().forEach(component -> pieces.put(component, new ArrayList<>()));
  }

  /** The blocks of a month; empty if it must be refused. */
  static Optional<List<ReferenceBlock>> of(List<SourceLine> lines, ReferencePolicy policy) {
    return hasEnough(lines, policy)
        ? new ReferenceBlocks(policy, Optional.empty()).run(lines, new ReferenceOrder(lines))
        : Optional.empty();
  }

  /** The blocks of the change of a month; empty if it must be refused. */
  static Optional<List<ReferenceBlock>> of(ReferenceRevision revision, ReferencePolicy policy) {
    return hasEnough(revision.newLines(), policy)
        ? new ReferenceBlocks(policy, Optional.of(revision))
            .run(revision.changes(), ReferenceOrder.ofWords())
        : Optional.empty();
  }

  /** Whether each total of the file is of nobody, or of enough contributors. */
  private static boolean hasEnough(List<SourceLine> lines, ReferencePolicy policy) {
    return SourceLines.MEASURES.stream()
        .map(
            measure ->
                lines.stream()
                    .filter(
                        line ->
                            measure.equals("quantity")
                                || line.components().stream().anyMatch(p -> p.isPartOf(measure)))
                    .toList())
        .allMatch(
            counted ->
                counted.isEmpty() || Persons.in(counted, policy).atLeast(policy.threshold()));
  }

  private Optional<List<ReferenceBlock>> run(List<SourceLine> lines, ReferenceOrder order) {
    ReferenceRemainder remainder = new ReferenceRemainder(policy, revision.isPresent(), order);
    List<ReferenceAtom> left =
        new ReferenceStage(atoms(lines), policy, revision, Optional.empty(), this::publish).run();
    if (!left.isEmpty()) {
      Optional<List<Portion>> merged = remainder.join(left, blocks);
      if (merged.isEmpty()) {
        return Optional.empty();
      }
      show();
      if (revision
          .map(rules -> rules.leavesFewWithoutCodes(Optional.empty(), merged.get()))
          .orElse(false)) {
        return Optional.empty();
      }
      accept(
          everything(merged.get()),
          ReferenceBlock.ALL_NOT_DISCLOSED,
          Optional.empty(),
          merged.get());
      show();
    }
    Map<LineLayer, List<ReferenceAtom>> leftPieces = new LinkedHashMap<>();
    for (LineLayer component : policy.components()) {
      leftPieces.put(
          component,
          new ReferenceStage(
                  pieces.get(component),
                  policy,
                  revision,
                  Optional.of(component),
                  candidates -> publishPieces(candidates, component))
              .run());
    }
    return mergePieces(leftPieces, remainder) ? Optional.of(blocks) : Optional.empty();
  }

  private boolean mergePieces(
      Map<LineLayer, List<ReferenceAtom>> leftPieces, ReferenceRemainder remainder) {
    List<LineLayer> rare = new ArrayList<>();
    List<Portion> hidden = new ArrayList<>();
    for (LineLayer part : policy.components()) {
      if (!leftPieces.get(part).isEmpty()) {
        ReferenceRemainder.Taken taken = remainder.takeOut(part, leftPieces.get(part), blocks);
        if (!taken.isSafe()) {
          rare.add(part);
          hidden.addAll(taken.portions());
        } else if (!publishWithoutCodes(Optional.of(part), taken.portions())) {
          return false;
        }
      }
    }
    return rare.isEmpty()
        || remainder
            .hide(rare, hidden, blocks)
            .map(merged -> publishWithoutCodes(Optional.empty(), merged))
            .orElse(false);
  }

  /** Publishes a merged block, if a revision allows it. */
  private boolean publishWithoutCodes(Optional<LineLayer> part, List<Portion> merged) {
    show();
    if (revision.map(rules -> rules.leavesFewWithoutCodes(part, merged)).orElse(false)) {
      return false;
    }
    blocks.add(
        ReferenceBlock.of(
            ReferenceBlock.ALL_NOT_DISCLOSED, part, Optional.empty(), merged, policy));
    show();
    return true;
  }

  private List<ReferenceAtom> atoms(List<SourceLine> lines) {
    Map<List<String>, List<Portion>> byCodes = new LinkedHashMap<>();
    for (SourceLine line : lines) {
      byCodes.computeIfAbsent(line.codes(), codes -> new ArrayList<>()).add(new Portion(line));
    }
    List<ReferenceAtom> atoms = new ArrayList<>();
    byCodes.forEach(
        (codes, portions) ->
            atoms.add(
                new ReferenceAtom(
                    codes, Optional.of(policy.apart(portions.get(0).line())), portions)));
    return atoms;
  }

  private void publish(List<ReferenceCandidate> candidates) {
    for (ReferenceCandidate candidate : candidates) {
      accept(candidate, codes(candidate), apart(candidate), candidate.portions());
    }
    show();
  }

  /** What stays apart, if all atoms share it. */
  private static Optional<Integer> apart(ReferenceCandidate candidate) {
    List<Optional<Integer>> kinds =
        candidate.atoms().stream().map(ReferenceAtom::apart).distinct().toList();
    return kinds.size() == 1 ? kinds.get(0) : Optional.empty();
  }

  /** Makes a block, without the layers that have too few contributors in it. */
  private void accept(
      ReferenceCandidate candidate,
      List<String> codes,
      Optional<Integer> apart,
      List<Portion> portions) {
    ReferenceBlock whole = ReferenceBlock.of(codes, Optional.empty(), apart, portions, policy);
    ReferenceBlock block = whole;
    for (LineLayer layer : lost(candidate, whole)) {
      List<Portion> shown = whole.with(layer);
      block = block.without(layer);
      pieces
          .get(layer)
          .add(
              new ReferenceAtom(
                  codes,
                  Optional.of(apart.orElse(MIXED)),
                  shown.stream().map(portion -> portion.only(layer)).toList()));
    }
    blocks.add(block);
  }

  /** The layers of a block that are too few, or that a sum of too few contributors shows. */
  private Set<LineLayer> lost(ReferenceCandidate candidate, ReferenceBlock block) {
    Set<LineLayer> lost = new HashSet<>();
    Set<LineLayer> present = block.components();
    present.retainAll(policy.components());
    for (LineLayer layer : present) {
      boolean isOneAtom =
          revision.isPresent()
              && candidate.isRecoded()
              && !candidate.withoutLargestAtom(policy, layer).atLeast(policy.threshold());
      if (isOneAtom || isTooFew(candidate, block, Set.of(layer))) {
        lost.add(layer);
      }
    }
    boolean canCancel =
        revision.isPresent() || block.components().stream().anyMatch(LineLayer::negative);
    if (canCancel && policy.components().stream().anyMatch(LineLayer::negative)) {
      for (Set<LineLayer> layers : LineLayer.sums()) {
        Set<LineLayer> sum = new HashSet<>(layers);
        sum.retainAll(policy.components());
        Set<LineLayer> shown = new HashSet<>(present);
        shown.retainAll(sum);
        if (!shown.isEmpty() && isTooFew(candidate, block, sum)) {
          // Without its reversals a sum has what its other layers have.
          shown.removeIf(layer -> revision.isEmpty() && !layer.negative());
          lost.addAll(shown);
        }
      }
    }
    return lost;
  }

  private boolean isTooFew(
      ReferenceCandidate candidate, ReferenceBlock block, Set<LineLayer> layers) {
    List<SourceLine> lines =
        block.portions().stream().filter(p -> p.hasAny(layers)).map(Portion::line).toList();
    return !Persons.in(lines, policy).atLeast(policy.threshold())
        || revision.map(rules -> rules.leavesFew(candidate, layers)).orElse(false);
  }

  private void publishPieces(List<ReferenceCandidate> candidates, LineLayer component) {
    for (ReferenceCandidate candidate : candidates) {
      blocks.add(
          ReferenceBlock.of(
              codes(candidate),
              Optional.of(component),
              apart(candidate),
              candidate.portions(),
              policy));
    }
    show();
  }

  /** Later candidates of a revision are compared with these blocks as well. */
  private void show() {
    revision.ifPresent(rules -> rules.publish(blocks));
  }

  /** The candidate of what is merged at the end: no code is kept. */
  private static ReferenceCandidate everything(List<Portion> merged) {
    List<String> key = SourceLines.DIMENSIONS.stream().map(dimension -> "*").toList();
    ReferenceAtom atom =
        new ReferenceAtom(ReferenceBlock.ALL_NOT_DISCLOSED, Optional.empty(), merged);
    return new ReferenceCandidate(
        codes -> key, key, Optional.empty(), Optional.empty(), false, List.of(atom));
  }

  /** What a block shows: what its atoms share; in a revision, the codes that were kept. */
  private List<String> codes(ReferenceCandidate candidate) {
    if (revision.isPresent()) {
      return candidate.shownCodes();
    }
    List<String> shared = candidate.atoms().get(0).codes();
    for (ReferenceAtom atom : candidate.atoms()) {
      List<String> both = new ArrayList<>();
      for (int i = 0; i < shared.size(); i++) {
        both.add(shared(SourceLines.DIMENSIONS.get(i), shared.get(i), atom.codes().get(i)));
      }
      shared = both;
    }
    return shared;
  }

  private static String shared(String dimension, String one, String other) {
    if (one.equals(other)) {
      return one;
    }
    boolean sameGroup =
        ReferenceCodes.haveGroups(dimension)
            && ReferenceCodes.group(dimension, one).equals(ReferenceCodes.group(dimension, other));
    return sameGroup ? ReferenceCodes.group(dimension, one) : "ND";
  }
}
