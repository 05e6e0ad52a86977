package fr.opendamir.question;

import fr.opendamir.catalog.CarePeriods;
import fr.opendamir.catalog.Level;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A condition on the codes of cells at a level.
 *
 * @param excluded whether cells with these codes are excluded rather than selected
 * @param codes sorted, without duplicates, at least one; of periods of care also open ranges
 */
public record CodeFilter(Level level, boolean excluded, List<String> codes) {
  public CodeFilter {
    codes = List.copyOf(new TreeSet<>(codes));
  }

  /** The open ranges of periods of care. */
  public List<CarePeriods.Range> openRanges() {
    return codes.stream().flatMap(code -> openRange(code).stream()).toList();
  }

  private Optional<CarePeriods.Range> openRange(String code) {
    return level.isCarePeriod() ? CarePeriods.openRange(level, code) : Optional.empty();
  }

  /** Whether the filter leaves cells with a code of its level. */
  public boolean accepts(String code) {
    boolean isNamed =
        codes.contains(code) || openRanges().stream().anyMatch(range -> range.has(code));
    return isNamed != excluded;
  }
}
