package fr.opendamir.ingest.aggregate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Puts atoms together by the recodings, until what is together is safe. */
final class ReferenceStage {
  private record Key(List<String> codes, Optional<Integer> apart) {}

  private final ReferencePolicy policy;
  private final Optional<ReferenceRevision> revision;
  private final Optional<LineLayer> component;
  private final Consumer<List<ReferenceCandidate>> publish;
  private List<ReferenceAtom> pending;

  ReferenceStage(
      List<ReferenceAtom> atoms,
      ReferencePolicy policy,
      Optional<ReferenceRevision> revision,
      Optional<LineLayer> component,
      Consumer<List<ReferenceCandidate>> publish) {
    this.pending = atoms;
    this.policy = policy;
    this.revision = revision;
    this.component = component;
    this.publish = publish;
  }

  /** Returns what is still pending when everything was given up. */
  List<ReferenceAtom> run() {
    if (component.isEmpty()) {
      regroup(codes -> codes, false, false);
    }
    for (Set<String> givenUp : policy.recodings()) {
      boolean isLast = givenUp.equals(policy.recodings().get(policy.recodings().size() - 1));
      regroup(codes -> kept(codes, givenUp), !isLast, true);
    }
    return pending;
  }

  /** The codes that a recoding keeps. */
  private static List<String> kept(List<String> codes, Set<String> givenUp) {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < codes.size(); i++) {
      String dimension = SourceLines.DIMENSIONS.get(i);
      if (givenUp.contains(dimension + "_group")) {
        kept.add("*");
      } else if (givenUp.contains(dimension)) {
        boolean hasGroups = ReferenceCodes.haveGroups(dimension);
        kept.add(hasGroups ? ReferenceCodes.group(dimension, codes.get(i)) : "*");
      } else {
        kept.add(codes.get(i));
      }
    }
    return kept;
  }

  private void regroup(
      Function<List<String>, List<String>> keyOf, boolean byClass, boolean isRecoding) {
    Map<Key, List<ReferenceAtom>> groups = new LinkedHashMap<>();
    for (ReferenceAtom atom : pending) {
      Optional<Integer> ofAtom = byClass ? atom.apart() : Optional.empty();
      groups
          .computeIfAbsent(new Key(keyOf.apply(atom.codes()), ofAtom), key -> new ArrayList<>())
          .add(atom);
    }
    List<ReferenceAtom> left = new ArrayList<>();
    List<ReferenceCandidate> accepted = new ArrayList<>();
    groups.forEach(
        (key, atoms) -> {
          ReferenceCandidate candidate =
              new ReferenceCandidate(keyOf, key.codes(), key.apart(), component, isRecoding, atoms);
          boolean safe = Persons.in(candidate.lines(), policy).atLeast(policy.threshold());
          if (safe && !isHeldBack(candidate)) {
            accepted.add(candidate);
            return;
          }
          left.addAll(atoms);
          if (isRecoding) {
            List<String> name = new ArrayList<>(key.codes());
            key.apart().ifPresent(kind -> name.add(String.valueOf(kind)));
            atoms.forEach(a -> a.groupsBelow().add(safe ? Optional.empty() : Optional.of(name)));
          } else if (safe) {
            atoms.forEach(ReferenceAtom::markLarge);
          }
        });
    pending = left;
    publish.accept(accepted);
  }

  private boolean isHeldBack(ReferenceCandidate candidate) {
    return candidate.isDominated(policy)
        || candidate.isCrowded(policy)
        || revision.map(rules -> rules.isHeldBack(candidate)).orElse(false);
  }
}
