package fr.opendamir.ingest.port;

import java.time.YearMonth;

/**
 * A month of the newest release and the file from which it was imported.
 *
 * @param lines number of lines of that file
 * @param shortLines number of lines with fewer fields than the header
 */
public record PublishedImport(
    long id,
    YearMonth month,
    String fileName,
    long fileBytes,
    SourceDigest digest,
    String policyId,
    boolean synthetic,
    long lines,
    long shortLines,
    String releaseId) {}
