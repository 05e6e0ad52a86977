package fr.opendamir.store;

import java.time.Instant;

/**
 * A release, as operators see it.
 *
 * @param isServed false once it was withdrawn
 * @param firstMonth of its imports, as the next ones
 * @param revisions imports that revise a month
 */
public record StoredRelease(
    String id,
    Instant publishedAt,
    boolean isServed,
    boolean isSynthetic,
    String firstMonth,
    String lastMonth,
    int months,
    int revisions) {}
