package fr.opendamir.question;

import fr.opendamir.catalog.Level;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Keeps the cells whose code at a level is among the codes, or is not.
 *
 * @param codes sorted, without duplicates, at least one
 */
public record CodeFilter(Level level, boolean excluded, List<String> codes) {
  public CodeFilter(Level level, boolean excluded, Collection<String> codes) {
    this(level, excluded, List.copyOf(new TreeSet<>(codes)));
  }
}
