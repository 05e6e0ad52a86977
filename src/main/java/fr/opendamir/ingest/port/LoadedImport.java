package fr.opendamir.ingest.port;

/**
 * A month that is ready to be loaded.
 *
 * @param acceptedLoss whether the loss of detail exceeded the bounds and was accepted
 * @param revises the import whose blocks these change; null if the month is new or replaced
 */
public record LoadedImport(
    String fileName,
    long fileBytes,
    SourceDigest digest,
    String policyId,
    boolean synthetic,
    boolean acceptedLoss,
    Long revises,
    SourceTotals source,
    ProtectionSummary protection) {}
