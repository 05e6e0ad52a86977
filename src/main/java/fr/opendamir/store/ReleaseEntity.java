package fr.opendamir.store;

import fr.opendamir.query.Release;
import fr.opendamir.query.Rollup;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A release, as the control tables describe it. Read only: the import writes it by JDBC. */
@Entity
@Table(schema = "control", name = "release")
class ReleaseEntity {
  @Id String id;

  @Column(name = "sequence")
  long sequence;

  @Column(name = "published_at")
  Instant publishedAt;

  @Column(name = "status")
  String status;

  @ManyToMany
  @JoinTable(
      schema = "control",
      name = "release_import",
      joinColumns = @JoinColumn(name = "release_id"),
      inverseJoinColumns = @JoinColumn(name = "import_id"))
  Set<ImportEntity> imports = new HashSet<>();

  /**
   * What it holds.
   *
   * @param rollups by id
   */
  Release toRelease(Map<Integer, Rollup> rollups) {
    return new Release(
        id,
        publishedAt,
        imports.stream().collect(Collectors.groupingBy(entity -> entity.month)).values().stream()
            .map(ofMonth -> ImportEntity.toReleaseMonth(ofMonth, rollups))
            .toList());
  }
}
