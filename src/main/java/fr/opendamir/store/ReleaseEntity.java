package fr.opendamir.store;

import fr.opendamir.query.Release;
import fr.opendamir.query.Rollup;
import fr.opendamir.query.WithdrawnRelease;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A release, as the control tables describe it. Read only: the import writes it by JDBC. */
@Entity
@Table(schema = "control", name = "release")
class ReleaseEntity {
  /** The range of dates that HTTP headers can express. */
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  @Id String id;

  @Column(name = "sequence")
  long sequence;

  @Column(name = "published_at")
  Instant publishedAt;

  @Column(name = "status")
  String status;

  /** Null while it is served, or if an earlier version withdrew it. */
  @Column(name = "withdrawn_at")
  Instant withdrawnAt;

  /** Comma-separated. */
  @Column(name = "reference_versions")
  String references;

  @ManyToMany
  @JoinTable(
      schema = "control",
      name = "release_import",
      joinColumns = @JoinColumn(name = "release_id"),
      inverseJoinColumns = @JoinColumn(name = "import_id"))
  Set<ImportEntity> imports = new HashSet<>();

  /** Converts a withdrawn release. */
  WithdrawnRelease toWithdrawn() {
    return new WithdrawnRelease(
        id,
        publishedAt,
        withdrawnAt == null ? publishedAt : withdrawnAt,
        imports.stream().map(entity -> YearMonth.parse(entity.month)).distinct().sorted().toList());
  }

  /**
   * Converts the release.
   *
   * @param parts by the id of the import
   * @param rollups by id
   * @throws IllegalStateException if the rows are no release that can be served
   */
  Release toRelease(Map<Long, ImportParts> parts, Map<Integer, Rollup> rollups) {
    if (imports.isEmpty()) {
      throw new IllegalStateException("it holds no imports");
    }
    if (publishedAt.isBefore(EARLIEST) || publishedAt.isAfter(LATEST)) {
      throw new IllegalStateException("it was published at " + publishedAt);
    }
    return new Release(
        id,
        publishedAt,
        imports.stream().collect(Collectors.groupingBy(entity -> entity.month)).values().stream()
            .map(ofMonth -> ImportEntity.toReleaseMonth(ofMonth, parts, rollups))
            .toList(),
        Stream.of(references.split(",")).filter(version -> !version.isEmpty()).toList());
  }
}
