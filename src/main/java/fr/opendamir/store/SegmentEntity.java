package fr.opendamir.store;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.query.Segment;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;

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

  private boolean isOfBlocks() {
    return levels.equals(SegmentLoading.BLOCKS);
  }

  /** Whether this version reads its columns. */
  boolean isReadable() {
    return format == SegmentLoading.FORMAT && (isOfBlocks() || Grouping.parse(levels).isPresent());
  }

  Segment toSegment() {
    return new Segment(
        id, isOfBlocks() ? Optional.empty() : Grouping.parse(levels), sha256, bytes, rows);
  }
}
