package fr.opendamir.store;

import java.time.Instant;

/**
 * A release, as operators see it.
 *
 * @param isServed false once it was withdrawn
 * @param firstMonth the oldest month of its imports; {@code -} if it has none
 * @param revisions the number of imports that revise a month
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
