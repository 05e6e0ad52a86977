package fr.opendamir.store;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.query.ReleaseImport;
import fr.opendamir.query.ReleaseMonth;
import fr.opendamir.query.Rollup;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hibernate.annotations.BatchSize;

/**
 * An imported month, as the control tables describe it. Read only: the import writes it by JDBC.
 */
@Entity
@Table(schema = "control", name = "import")
class ImportEntity {
  /** Imports whose collections are read at once; more than there are months. */
  private static final int MONTHS = 250;

  @Id Long id;

  @Column(name = "month")
  String month;

  @Column(name = "file_name")
  String fileName;

  @Column(name = "file_bytes")
  long fileBytes;

  @Column(name = "sha256")
  String sha256;

  @Column(name = "policy_id")
  String policyId;

  @Column(name = "synthetic")
  boolean synthetic;

  @Column(name = "status")
  String status;

  @Column(name = "accepted_loss")
  boolean acceptedLoss;

  @Column(name = "lines")
  long lines;

  @Column(name = "blocks")
  long blocks;

  @Column(name = "smallest_block")
  long smallestBlock;

  @ElementCollection
  @BatchSize(size = MONTHS)
  @CollectionTable(
      schema = "control",
      name = "import_total",
      joinColumns = @JoinColumn(name = "import_id"))
  @MapKeyColumn(name = "measure")
  @Column(name = "total")
  Map<String, Long> totals = new HashMap<>();

  @ElementCollection
  @BatchSize(size = MONTHS)
  @CollectionTable(
      schema = "control",
      name = "import_loss",
      joinColumns = @JoinColumn(name = "import_id"))
  @MapKeyColumn(name = "level")
  Map<String, LossAmounts> losses = new HashMap<>();

  /** Rows by the id of the rollup. */
  @ElementCollection
  @BatchSize(size = MONTHS)
  @CollectionTable(
      schema = "control",
      name = "import_rollup",
      joinColumns = @JoinColumn(name = "import_id"))
  @MapKeyColumn(name = "rollup_id")
  @Column(name = "rows")
  Map<Integer, Long> rollups = new HashMap<>();

  @OneToMany
  @BatchSize(size = MONTHS)
  @JoinColumn(name = "import_id")
  Set<SegmentEntity> segments = new HashSet<>();

  /**
   * Makes a month of its import and the revisions of it.
   *
   * @param imports all imports of one month, at least one
   * @param rollups by id
   * @throws IllegalStateException if a row has impossible values
   */
  static ReleaseMonth toReleaseMonth(List<ImportEntity> imports, Map<Integer, Rollup> rollups) {
    List<ImportEntity> oldestFirst =
        imports.stream().sorted(Comparator.comparing(entity -> entity.id)).toList();
    Map<SourceMeasure, Long> totals = new EnumMap<>(SourceMeasure.class);
    Map<Level, Map<SourceMeasure, Long>> notDisclosed = new EnumMap<>(Level.class);
    for (ImportEntity entity : oldestFirst) {
      entity.check();
      entity
          .totalsByMeasure()
          .forEach((measure, total) -> totals.merge(measure, total, Math::addExact));
      entity.losses.forEach(
          (name, loss) ->
              Level.find(name)
                  .ifPresent(
                      level -> notDisclosed.merge(level, loss.absolute(), ImportEntity::sum)));
    }
    ImportEntity newest = oldestFirst.get(oldestFirst.size() - 1);
    return new ReleaseMonth(
        oldestFirst.stream().map(entity -> entity.toReleaseImport(rollups)).toList(),
        YearMonth.parse(newest.month),
        newest.fileName,
        newest.fileBytes,
        newest.sha256,
        newest.policyId,
        newest.synthetic,
        oldestFirst.stream().anyMatch(entity -> entity.acceptedLoss),
        newest.lines,
        oldestFirst.stream().mapToLong(entity -> entity.blocks).sum(),
        // A revision that changes nothing has no blocks.
        oldestFirst.stream()
            .filter(entity -> entity.blocks > 0)
            .mapToLong(entity -> entity.smallestBlock)
            .min()
            .orElse(0),
        totals,
        notDisclosed);
  }

  /**
   * Adds losses. An amount that one import adds and the next one subtracts counts twice; the loss
   * of a measure that one of them did not sum is unknown.
   */
  private static Map<SourceMeasure, Long> sum(
      Map<SourceMeasure, Long> first, Map<SourceMeasure, Long> second) {
    Map<SourceMeasure, Long> sum = new EnumMap<>(first);
    sum.keySet().retainAll(second.keySet());
    sum.replaceAll((measure, amount) -> Math.addExact(amount, second.get(measure)));
    return sum;
  }

  /** Requires what later steps rely on and the tables do not enforce. */
  private void check() {
    require(status.equals("published"), "is " + status);
    require(lines >= 0 && fileBytes >= 0 && blocks >= 0, "has a negative size");
    require(totals.size() == SourceMeasure.values().length, "has " + totals.size() + " totals");
    require(
        rollups.values().stream().noneMatch(rows -> rows < 0), "has a rollup of a negative size");
  }

  private void require(boolean isRight, String wrong) {
    if (!isRight) {
      throw new IllegalStateException("import " + id + " of " + month + " " + wrong);
    }
  }

  private Map<SourceMeasure, Long> totalsByMeasure() {
    Map<SourceMeasure, Long> byMeasure = new EnumMap<>(SourceMeasure.class);
    totals.forEach(
        (name, total) ->
            byMeasure.put(SourceMeasure.valueOf(name.toUpperCase(Locale.ROOT)), total));
    return byMeasure;
  }

  private ReleaseImport toReleaseImport(Map<Integer, Rollup> known) {
    Map<Rollup, Long> rows = new HashMap<>();
    rollups.forEach(
        (rollup, count) -> {
          if (known.containsKey(rollup)) {
            rows.put(known.get(rollup), count);
          }
        });
    return new ReleaseImport(
        id,
        blocks,
        rows,
        segments.stream().filter(SegmentEntity::isReadable).map(SegmentEntity::toSegment).toList(),
        totalsByMeasure());
  }
}
