package fr.opendamir.disclosure;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/**
 * One step that makes small atoms safe: a set of levels whose codes are given up together. Atoms
 * that agree in all other levels are merged. Giving up a dimension that has groups, such as {@code
 * exemption}, keeps its group; giving up {@code exemption_group} gives up both.
 *
 * <p>Only a dimension or its groups can be given up, never the month: a block belongs to one month.
 */
public record Recoding(Set<Level> givenUp) {
  public Recoding(Collection<Level> givenUp) {
    this(EnumSet.copyOf(givenUp));
  }

  public Recoding {
    if (givenUp.isEmpty()) {
      throw new IllegalArgumentException("a recoding must give up something");
    }
    for (Level level : givenUp) {
      boolean isGivenUpAlone = level.isFinest() || level.isGroup();
      if (level.dimension() == Dimension.MONTH || !isGivenUpAlone) {
        throw new IllegalArgumentException("a recoding cannot give up " + level.id());
      }
    }
    givenUp = Set.copyOf(givenUp);
  }

  /** Whether the dimension's own codes are kept. */
  public boolean keeps(Dimension dimension) {
    return givenUp.stream().noneMatch(level -> level.dimension() == dimension);
  }

  /** Whether the codes of the dimension are given up but their groups are kept. */
  public boolean keepsGroup(Dimension dimension) {
    return !keeps(dimension)
        && Level.groupsOf(dimension).filter(groups -> !givenUp.contains(groups)).isPresent();
  }

  /** Whether only the month is left. */
  boolean givesUpEverything() {
    return DisclosurePolicy.blockDimensions().stream().noneMatch(d -> keeps(d) || keepsGroup(d));
  }
}
