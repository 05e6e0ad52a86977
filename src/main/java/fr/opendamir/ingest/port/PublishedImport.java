package fr.opendamir.ingest.port;

import java.time.YearMonth;

/**
 * A month of the newest release and the file from which it was imported.
 *
 * @param lines number of lines of that file
 */
public record PublishedImport(
    long id,
    YearMonth month,
    SourceDigest digest,
    String policyId,
    boolean synthetic,
    long lines,
    String releaseId) {}
