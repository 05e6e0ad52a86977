package fr.opendamir.store;

import fr.opendamir.query.Segment;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A file with the figures of a published import. Read only: the import writes it by JDBC. */
@Entity
@Table(schema = "figures", name = "segment")
class SegmentEntity {
  @Id Long id;

  @Column(name = "levels")
  String levels;

  @Column(name = "format")
  int format;

  @Column(name = "sha256")
  String sha256;

  @Column(name = "bytes")
  long bytes;

  @Column(name = "rows")
  long rows;

  /** Whether these are blocks, in a form that this version reads. */
  boolean isReadable() {
    return levels.equals(SegmentLoading.BLOCKS) && format == SegmentLoading.FORMAT;
  }

  Segment toSegment() {
    return new Segment(id, sha256, bytes, rows);
  }
}
