package fr.opendamir.access;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What was used on a day.
 *
 * @param day in UTC
 * @param keyId empty for callers without a key, which are counted together
 * @param door such as {@code rest}
 * @param requests all of them, refused ones too
 * @param units price of what was answered
 * @param refused requests that a limit refused
 */
public record UsageCount(
    LocalDate day,
    Optional<Long> keyId,
    String plan,
    String door,
    long requests,
    long units,
    long refused) {}
