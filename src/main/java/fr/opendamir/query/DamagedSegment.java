package fr.opendamir.query;

/**
 * Event: the file of a segment that questions were answered from is damaged. Answers that are
 * remembered may be wrong. The segment is no longer read when this is fired; a scan that had begun
 * may still end.
 */
public record DamagedSegment(Segment segment) {}
