package fr.opendamir.query;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.CodeEntry;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.LabelSearch;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.ReservedCodes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The codes that a question may name at each level; periods are those published. */
@ApplicationScoped
public class CodeLists {
  private final Catalog catalog;
  private final ReleaseCatalog releases;

  public CodeLists(Catalog catalog, ReleaseCatalog releases) {
    this.catalog = catalog;
    this.releases = releases;
  }

  /**
   * The codes of a level in the order of its list, reserved ones last; periods are those of the
   * newest release.
   *
   * @param search words of the label or code, in either language; all codes where null or blank
   */
  public Uni<List<CodeEntry>> find(Level level, String search) {
    return level.dimension() == Dimension.MONTH
        ? releases.latest().map(newest -> find(level, search, newest))
        : Uni.createFrom().item(() -> find(level, search, Optional.empty()));
  }

  /** The same, where periods are those of a release; none where there is no release. */
  public List<CodeEntry> find(Level level, String search, Optional<Release> release) {
    LabelSearch words = new LabelSearch(search);
    List<CodeEntry> entries =
        level.dimension() == Dimension.MONTH ? periods(level, release) : listed(level);
    return entries.stream().filter(words::matches).toList();
  }

  private List<CodeEntry> listed(Level level) {
    List<CodeEntry> entries = new ArrayList<>(catalog.codes(level));
    for (String reserved : List.of(ReservedCodes.NOT_DISCLOSED, ReservedCodes.NOT_FILLED)) {
      entries.add(new CodeEntry(reserved, catalog.label(level, reserved)));
    }
    return entries;
  }

  private List<CodeEntry> periods(Level level, Optional<Release> release) {
    return release.map(Release::monthList).orElse(List.of()).stream()
        .map(YearMonth::toString)
        .map(month -> catalog.coarser(level, month))
        .distinct()
        .map(code -> new CodeEntry(code, catalog.label(level, code)))
        .toList();
  }
}
