package fr.opendamir.ingest.port;

import java.time.YearMonth;

/**
 * A month that was loaded and verified, but not published: its import was interrupted, or another
 * of its files was refused.
 *
 * @param report what its import stored of it
 */
public record StagedImport(long id, YearMonth month, SourceDigest digest, String report) {}
