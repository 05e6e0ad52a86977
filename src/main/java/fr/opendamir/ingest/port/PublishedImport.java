package fr.opendamir.ingest.port;

import java.time.YearMonth;

/**
 * A month of the newest release and the file it came from.
 *
 * @param lines of that file
 */
public record PublishedImport(
    long id,
    YearMonth month,
    String sha256,
    String policyId,
    boolean synthetic,
    long lines,
    String releaseId) {}
