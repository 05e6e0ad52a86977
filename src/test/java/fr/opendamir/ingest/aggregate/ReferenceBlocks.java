package fr.opendamir.ingest.aggregate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The algorithm of safe blocks written a second time, straight from its specification, with plain
 * maps of source lines: it shares nothing with the import but the text it was written from.
 */
final class ReferenceBlocks {
  private record Step(String dimension, boolean toGroup) {}

  private static final List<Step> ORDER =
      List.of(
          new Step("care_lag", false),
          new Step("insurance", false),
          new Step("supplement", false),
          new Step("facility_type", false),
          new Step("complementary_cover", false),
          new Step("exemption", true),
          new Step("provider_activity", false),
          new Step("provider_specialty", false),
          new Step("exemption", false),
          new Step("sex", false),
          new Step("age_band", false),
          new Step("region", false),
          new Step("service", true),
          new Step("service", false));

  private final int threshold;
  private final List<ReferenceBlock> blocks = new ArrayList<>();
  private List<ReferenceBlock> pending = List.of();

  private ReferenceBlocks(int threshold) {
    this.threshold = threshold;
  }

  /**
   * The blocks of the lines, or nothing where they hold too few contributors.
   *
   * @param published the keys of the blocks under test: the specification does not say which of
   *     several equally small blocks takes the remainder, so that any choice among those is right
   */
  static Optional<List<ReferenceBlock>> of(
      List<SourceLine> lines, int threshold, Set<List<String>> published) {
    ReferenceBlocks reference = new ReferenceBlocks(threshold);
    reference.regroup(lines, SourceLine::codes);
    for (Step step : ORDER) {
      reference.generalise(step);
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

  private void generalise(Step step) {
    int position = SourceLines.DIMENSIONS.indexOf(step.dimension());
    IdentityHashMap<SourceLine, List<String>> keys = new IdentityHashMap<>();
    for (ReferenceBlock set : pending) {
      List<String> codes = new ArrayList<>(set.codes());
      codes.set(position, step.toGroup() ? group(step.dimension(), codes.get(position)) : "ND");
      set.lines().forEach(line -> keys.put(line, codes));
    }
    regroup(pending.stream().flatMap(set -> set.lines().stream()).toList(), keys::get);
  }

  /** Puts lines of the same key together; safe sets become blocks, the others are pending. */
  private void regroup(List<SourceLine> lines, Function<SourceLine, List<String>> key) {
    Map<List<String>, List<SourceLine>> byCodes = new LinkedHashMap<>();
    for (SourceLine line : lines) {
      byCodes.computeIfAbsent(key.apply(line), codes -> new ArrayList<>()).add(line);
    }
    List<ReferenceBlock> unsafe = new ArrayList<>();
    byCodes.forEach(
        (codes, members) -> {
          ReferenceBlock set = new ReferenceBlock(codes, members);
          (isSafe(set) ? blocks : unsafe).add(set);
        });
    pending = unsafe;
  }

  /**
   * Gives the remainder to the smallest block that is safe with it; where none is, the smallest
   * block joins the remainder and the search starts again.
   */
  private boolean mergeRemainder(Set<List<String>> published) {
    if (pending.isEmpty()) {
      return true;
    }
    ReferenceBlock remainder = pending.get(0);
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

  private boolean isSafe(ReferenceBlock set) {
    return set.persons().atLeast(threshold);
  }
}
