package fr.opendamir.ingest.port;

/**
 * A month that is ready to be loaded.
 *
 * @param threshold the least number of contributors of a block under the policy
 * @param acceptedLoss whether more detail was lost than the bounds allow, and accepted
 * @param revises the import whose blocks these change; null for a month by itself
 */
public record LoadedImport(
    String fileName,
    long fileBytes,
    String sha256,
    String policyId,
    int threshold,
    boolean synthetic,
    boolean acceptedLoss,
    Long revises,
    SourceTotals source,
    ProtectionSummary protection) {}
