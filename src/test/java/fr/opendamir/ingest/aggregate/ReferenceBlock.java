package fr.opendamir.ingest.aggregate;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A block with what it shows of each of its source lines.
 *
 * @param codes in the order of {@link SourceLines#DIMENSIONS}
 * @param component the only component of a block of pieces; empty for a block of all measures
 * @param apart the class that all its lines share; empty if they do not, or for pieces
 * @param persons contributors, counted in the lines
 */
record ReferenceBlock(
    List<String> codes,
    Optional<LineLayer> component,
    Optional<Integer> apart,
    List<Portion> portions,
    Persons persons) {
  static final List<String> ALL_NOT_DISCLOSED =
      Collections.nCopies(SourceLines.DIMENSIONS.size(), "ND");

  ReferenceBlock {
    portions = List.copyOf(portions);
  }

  static ReferenceBlock of(
      List<String> codes,
      Optional<LineLayer> component,
      Optional<Integer> apart,
      List<Portion> portions,
      ReferencePolicy policy) {
    Persons persons = Persons.in(counted(component, portions), policy);
    return new ReferenceBlock(codes, component, apart, portions, persons);
  }

  ReferenceBlock without(LineLayer taken) {
    return new ReferenceBlock(
        codes,
        component,
        apart,
        portions.stream().map(portion -> portion.without(taken)).toList(),
        persons);
  }

  /** The portions that show a component. */
  List<Portion> with(LineLayer shown) {
    return portions.stream().filter(portion -> portion.has(shown)).toList();
  }

  /** Whether a part can be taken out of it: it is all there is, or one of several. */
  boolean canGive(LineLayer part) {
    return !with(part).isEmpty() && (component.isEmpty() || component.get().equals(part));
  }

  Set<LineLayer> components() {
    return portions.stream().flatMap(p -> p.components().stream()).collect(Collectors.toSet());
  }

  /** The lines that count: not those of which it only hides a part. */
  List<SourceLine> countedLines() {
    return counted(component, portions);
  }

  private static List<SourceLine> counted(Optional<LineLayer> component, List<Portion> portions) {
    return portions.stream()
        .filter(portion -> component.isPresent() || portion.withQuantity())
        .map(Portion::line)
        .toList();
  }

  List<SourceLine> lines() {
    return portions.stream().map(Portion::line).toList();
  }

  BlockFigures figures() {
    return new BlockFigures(codes, sums(portions), persons.wholePersons());
  }

  static List<Long> sums(List<Portion> portions) {
    return IntStream.range(0, SourceLines.MEASURES.size())
        .mapToObj(i -> portions.stream().mapToLong(p -> p.sum(i)).reduce(0, Math::addExact))
        .toList();
  }

  /** Whether every code of the block is true of every line in it, if perhaps less detailed. */
  boolean describesItsLines() {
    return lines().stream().allMatch(this::describes);
  }

  private boolean describes(SourceLine line) {
    return IntStream.range(0, codes.size())
        .allMatch(
            i -> {
              String code = codes.get(i);
              String detail = line.codes().get(i);
              return code.equals("ND")
                  || code.equals(detail)
                  || code.equals(ReferenceCodes.group(SourceLines.DIMENSIONS.get(i), detail));
            });
  }
}
