package fr.opendamir.ingest.aggregate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.opendamir.disclosure.DisclosurePolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The algorithm of safe blocks written a second time, straight from its specification, with plain
 * maps of source lines: it shares nothing with the import but the text it was written from and the
 * policy document.
 */
final class ReferenceBlocks {
  private static final Set<String> HAVE_GROUPS = Set.of("service", "exemption");

  /** The levels that each recoding of the policy document gives up. */
  private static final List<Set<String>> RECODINGS = readRecodings();

  private final int threshold;
  private final Optional<ReferenceRevision> revision;
  private final List<ReferenceBlock> blocks = new ArrayList<>();
  private List<ReferenceBlock> pending = List.of();
  private final List<Set<String>> earlier = new ArrayList<>();
  private final Set<SourceLine> crowded = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<SourceLine> large = Collections.newSetFromMap(new IdentityHashMap<>());

  private ReferenceBlocks(int threshold, Optional<ReferenceRevision> revision) {
    this.threshold = threshold;
    this.revision = revision;
  }

  /** What lines are put together by. */
  interface Key {
    List<String> of(List<String> codes);
  }

  /**
   * The blocks of the lines, or nothing where they hold too few contributors.
   *
   * @param published the keys of the blocks under test: the specification does not say which of
   *     several equally small blocks takes the remainder, so that any choice among those is right
   */
  static Optional<List<ReferenceBlock>> of(
      List<SourceLine> lines, int threshold, Set<List<String>> published) {
    return of(lines, threshold, published, Optional.empty());
  }

  /** The same of a change, told what it must leave. */
  static Optional<List<ReferenceBlock>> of(
      List<SourceLine> lines,
      int threshold,
      Set<List<String>> published,
      Optional<ReferenceRevision> revision) {
    ReferenceBlocks reference = new ReferenceBlocks(threshold, revision);
    reference.regroup(lines, codes -> codes, true);
    for (Set<String> givenUp : RECODINGS) {
      reference.recode(givenUp);
      reference.earlier.add(givenUp);
    }
    return reference.mergeRemainder(published) ? Optional.of(reference.blocks) : Optional.empty();
  }

  /** The coarser code of a code. */
  static String group(String dimension, String code) {
    if (dimension.equals("service")) {
      return "G:" + Persons.group(code);
    }
    if (!dimension.equals("exemption") || code.equals("NR")) {
      return code;
    }
    return switch (code) {
      case "0" -> "G:none";
      case "41", "42", "43", "44", "45", "46" -> "G:long_term_illness";
      case "10" -> "G:insurance";
      case "20", "21" -> "G:scheme";
      case "30" -> "G:service";
      case "81", "82", "91", "92" -> "G:prevention";
      case "99" -> "G:unknown";
      default -> "G:other";
    };
  }

  /** Puts pending lines together that agree in what is kept; safe groups say what they share. */
  private void recode(Set<String> givenUp) {
    regroup(
        pending.stream().flatMap(set -> set.lines().stream()).toList(),
        codes -> kept(codes, givenUp),
        false);
  }

  private static List<String> kept(List<String> codes, Set<String> givenUp) {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < codes.size(); i++) {
      String dimension = SourceLines.DIMENSIONS.get(i);
      if (givenUp.contains(dimension + "_group")) {
        kept.add("*");
      } else if (givenUp.contains(dimension)) {
        String group = groupOf(dimension, codes.get(i));
        kept.add(HAVE_GROUPS.contains(dimension) ? group : "*");
      } else {
        kept.add(codes.get(i));
      }
    }
    return kept;
  }

  /** A change says what it was put together by. */
  private static List<String> said(List<String> key) {
    return key.stream().map(code -> code.equals("*") ? "ND" : code).toList();
  }

  /** What all the lines have in common: a code, or its group, or nothing. */
  private static List<String> shared(List<SourceLine> lines) {
    List<String> shared = new ArrayList<>(lines.get(0).codes());
    for (SourceLine line : lines) {
      for (int i = 0; i < shared.size(); i++) {
        shared.set(i, shared(SourceLines.DIMENSIONS.get(i), shared.get(i), line.codes().get(i)));
      }
    }
    return shared;
  }

  private static String shared(String dimension, String one, String other) {
    if (one.equals(other)) {
      return one;
    }
    String group = groupOf(dimension, one);
    return HAVE_GROUPS.contains(dimension) && group.equals(group(dimension, other)) ? group : "ND";
  }

  /** The group of a code, a group being its own. */
  private static String groupOf(String dimension, String code) {
    return code.startsWith("G:") || code.equals("ND") ? code : group(dimension, code);
  }

  /** Puts lines of the same key together; safe sets become blocks, the others are pending. */
  private void regroup(List<SourceLine> lines, Key key, boolean areAtoms) {
    Map<List<String>, List<SourceLine>> byKey = new LinkedHashMap<>();
    for (SourceLine line : lines) {
      byKey.computeIfAbsent(key.of(line.codes()), codes -> new ArrayList<>()).add(line);
    }
    List<ReferenceBlock> kept = new ArrayList<>();
    List<ReferenceBlock> published = new ArrayList<>();
    Set<SourceLine> marked = areAtoms ? large : crowded;
    byKey.forEach(
        (codes, members) -> {
          ReferenceBlock set =
              new ReferenceBlock(revision.isPresent() ? said(codes) : shared(members), members);
          boolean held =
              isSafe(set)
                  && ((!areAtoms && isCrowded(set))
                      || revision.map(r -> r.leavesFew(set, codes, key)).orElse(false));
          (isSafe(set) && !held ? published : kept).add(set);
          if (held) {
            marked.addAll(members);
          }
        });
    blocks.addAll(published);
    revision.ifPresent(r -> r.publish(published));
    pending = kept;
  }

  /**
   * Whether the number of contributors nearly tells that of each part: of the atoms, and of the
   * groups that each earlier recoding made, ten at most in each, fewer than five are possible.
   * Groups that were kept back as crowded hold more than ten, so that these tell nothing.
   */
  private boolean isCrowded(ReferenceBlock set) {
    long room = threshold == 11 ? 4 : 0;
    if (set.lines().stream().anyMatch(large::contains)) {
      return false;
    }
    long parts = set.lines().stream().map(SourceLine::codes).distinct().count();
    if (set.lines().stream().noneMatch(crowded::contains)) {
      for (Set<String> givenUp : earlier) {
        parts =
            Math.min(
                parts,
                set.lines().stream().map(line -> kept(line.codes(), givenUp)).distinct().count());
      }
    }
    return !set.persons().atMost((threshold - 1) * Math.max(2, parts) - room);
  }

  /**
   * Gives the remainder to the smallest block that is safe with it; where none is, the smallest
   * block joins the remainder and the search starts again.
   */
  private boolean mergeRemainder(Set<List<String>> published) {
    if (pending.isEmpty()) {
      return true;
    }
    ReferenceBlock remainder =
        new ReferenceBlock(
            List.of(), pending.stream().flatMap(set -> set.lines().stream()).toList());
    blocks.sort(
        Comparator.comparing(ReferenceBlock::persons)
            .thenComparing(block -> published.contains(block.codes()))
            .thenComparing(block -> block.codes().toString()));
    while (!blocks.isEmpty()) {
      for (ReferenceBlock block : blocks) {
        ReferenceBlock merged = block.mergedWith(remainder);
        if (isSafe(merged)) {
          blocks.remove(block);
          blocks.add(merged);
          return true;
        }
      }
      remainder = blocks.remove(0).mergedWith(remainder);
    }
    return false;
  }

  private static List<Set<String>> readRecodings() {
    try (InputStream in = DisclosurePolicy.class.getResourceAsStream("policy.json")) {
      List<Set<String>> recodings = new ArrayList<>();
      for (JsonNode recoding : new ObjectMapper().readTree(in).get("recodings")) {
        Set<String> givenUp = new HashSet<>();
        recoding.forEach(level -> givenUp.add(level.textValue()));
        recodings.add(givenUp);
      }
      return recodings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isSafe(ReferenceBlock set) {
    return set.persons().atLeast(threshold);
  }
}
