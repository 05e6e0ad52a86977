package fr.opendamir.ingest.synthetic;

/**
 * What was written.
 *
 * @param lines data lines, without the header
 * @param bytes size of the file on disk
 * @param uncompressedBytes size of the text; equal to {@code bytes} for a plain file
 * @param droppedLines drawn lines that repeated the dimensions of an earlier one and were left out
 */
public record SyntheticFile(long lines, long bytes, long uncompressedBytes, long droppedLines) {}
