package fr.opendamir.access;

import java.time.Instant;
import java.util.Optional;

/**
 * A key to store.
 *
 * @param hash {@link KeyText#hash()}
 * @param prefix {@link KeyText#prefix()}
 */
public record NewKey(
    String hash,
    String prefix,
    String owner,
    String plan,
    Instant createdAt,
    Optional<Instant> expiresAt) {}
