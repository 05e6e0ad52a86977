package fr.opendamir.ingest.aggregate;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a block shows of a line.
 *
 * @param withQuantity whether the quantity is shown
 * @param components the components of the amounts that are shown
 */
record Portion(SourceLine line, boolean withQuantity, Set<LineLayer> components) {
  Portion(SourceLine line) {
    this(line, true, line.components());
  }

  boolean has(LineLayer component) {
    return components.contains(component);
  }

  boolean hasAny(Set<LineLayer> wanted) {
    return components.stream().anyMatch(wanted::contains);
  }

  Portion without(LineLayer component) {
    if (!has(component)) {
      return this;
    }
    Set<LineLayer> left = new LinkedHashSet<>(components);
    left.remove(component);
    return new Portion(line, withQuantity, left);
  }

  Portion only(LineLayer component) {
    return only(Set.of(component));
  }

  Portion only(Set<LineLayer> shown) {
    Set<LineLayer> both = new LinkedHashSet<>(components);
    both.retainAll(shown);
    return new Portion(line, false, both);
  }

  /** Acts or cents of a measure, by its place in {@link SourceLines#MEASURES}. */
  long sum(int measure) {
    if (measure == 0) {
      return withQuantity ? line.quantity() : 0;
    }
    String name = SourceLines.MEASURES.get(measure);
    long sum = 0;
    for (LineLayer component : components) {
      if (component.isPartOf(name)) {
        sum += component.of(line, line.components());
      }
    }
    return sum;
  }
}
