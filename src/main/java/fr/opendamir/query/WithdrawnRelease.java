package fr.opendamir.query;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;

/**
 * A release that was published and is served no more.
 *
 * @param withdrawnAt when it was withdrawn; the time of publication for a release that an earlier
 *     version of the service withdrew, which did not note the time
 * @param months the months that it held, oldest first
 */
public record WithdrawnRelease(
    String id, Instant publishedAt, Instant withdrawnAt, List<YearMonth> months) {
  public WithdrawnRelease {
    months = List.copyOf(months);
  }
}
