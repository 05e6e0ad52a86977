package fr.opendamir.access;

import java.time.Instant;

/**
 * Allowances are not shared at the moment: each process grants its own.
 *
 * @param reason for operators
 */
public record Degradation(String reason, Instant since) {}
