package fr.opendamir.disclosure;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/**
 * One attempt at making small atoms safe: the levels whose codes are given up together. Atoms that
 * agree in everything else are put together. Giving up {@code exemption} keeps its group; giving up
 * {@code exemption_group} gives up both; the same holds of {@code service}.
 */
public record Recoding(Set<Level> givenUp) {
  private static final Set<Level> COARSEST = EnumSet.of(Level.SERVICE_KIND);

  public Recoding(Collection<Level> givenUp) {
    this(EnumSet.copyOf(givenUp));
  }

  public Recoding {
    if (givenUp.isEmpty()) {
      throw new IllegalArgumentException("a recoding must give up something");
    }
    for (Level level : givenUp) {
      if (level.dimension() == Dimension.MONTH || COARSEST.contains(level)) {
        throw new IllegalArgumentException("a recoding cannot give up " + level.id());
      }
    }
    givenUp = Set.copyOf(givenUp);
  }

  /** Whether the dimension's own codes are kept. */
  public boolean keeps(Dimension dimension) {
    return givenUp.stream().noneMatch(level -> level.dimension() == dimension);
  }

  /** Whether the codes of the dimension are given up but not their groups. */
  public boolean keepsGroup(Dimension dimension) {
    return !keeps(dimension) && groupOf(dimension) != null && !givenUp.contains(groupOf(dimension));
  }

  /** Whether nothing but the month is left. */
  boolean givesUpEverything() {
    return DisclosurePolicy.blockDimensions().stream().noneMatch(d -> keeps(d) || keepsGroup(d));
  }

  private static Level groupOf(Dimension dimension) {
    return switch (dimension) {
      case SERVICE -> Level.SERVICE_GROUP;
      case EXEMPTION -> Level.EXEMPTION_GROUP;
      default -> null;
    };
  }
}
