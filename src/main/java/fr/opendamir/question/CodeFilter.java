package fr.opendamir.question;

import fr.opendamir.catalog.Level;
import java.util.List;
import java.util.TreeSet;

/**
 * A condition on the codes of cells at a level.
 *
 * @param excluded whether cells with these codes are excluded rather than selected
 * @param codes sorted, without duplicates, at least one
 */
public record CodeFilter(Level level, boolean excluded, List<String> codes) {
  public CodeFilter {
    codes = List.copyOf(new TreeSet<>(codes));
  }
}
