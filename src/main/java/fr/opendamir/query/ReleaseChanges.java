package fr.opendamir.query;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a release changed against the release before it. Months are in order.
 *
 * @param from the release before it; absent for the oldest release that is served, of which all
 *     months are added
 * @param revised months whose imports are others than before
 * @param withdrawn months that the release no longer has
 * @param references reference tables that rates are now calculated from, such as {@code
 *     population@2026.1}
 */
public record ReleaseChanges(
    Optional<Release> from,
    Release to,
    List<YearMonth> added,
    List<YearMonth> revised,
    List<YearMonth> withdrawn,
    List<String> references) {
  public ReleaseChanges {
    added = List.copyOf(added);
    revised = List.copyOf(revised);
    withdrawn = List.copyOf(withdrawn);
    references = List.copyOf(references);
  }

  /**
   * The changes of releases against the release before each.
   *
   * @param releases newest first
   * @return newest first
   */
  public static List<ReleaseChanges> of(List<Release> releases) {
    List<ReleaseChanges> changes = new ArrayList<>();
    for (int i = 0; i < releases.size(); i++) {
      changes.add(
          between(
              i + 1 < releases.size() ? Optional.of(releases.get(i + 1)) : Optional.empty(),
              releases.get(i)));
    }
    return changes;
  }

  private static ReleaseChanges between(Optional<Release> from, Release to) {
    Map<YearMonth, List<Long>> before = from.map(ReleaseChanges::imports).orElse(Map.of());
    Map<YearMonth, List<Long>> after = imports(to);
    List<YearMonth> months = to.monthList();
    return new ReleaseChanges(
        from,
        to,
        months.stream().filter(month -> !before.containsKey(month)).toList(),
        months.stream()
            .filter(before::containsKey)
            .filter(month -> !before.get(month).equals(after.get(month)))
            .toList(),
        from.map(Release::monthList).orElse(List.of()).stream()
            .filter(month -> !after.containsKey(month))
            .toList(),
        from.map(Release::references).map(to.references()::equals).orElse(true)
            ? List.of()
            : to.references());
  }

  private static Map<YearMonth, List<Long>> imports(Release release) {
    return release.months().stream()
        .collect(
            Collectors.toMap(
                ReleaseMonth::month,
                month -> month.imports().stream().map(ReleaseImport::id).toList()));
  }
}
