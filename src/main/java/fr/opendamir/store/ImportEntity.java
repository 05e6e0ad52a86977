package fr.opendamir.store;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.query.ReleaseImport;
import fr.opendamir.query.ReleaseMonth;
import fr.opendamir.query.Rollup;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An imported month, as the control tables describe it. Read only: the import writes it by JDBC.
 */
@Entity
@Table(schema = "control", name = "import")
class ImportEntity {
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

  /**
   * Makes a month of its import and the revisions of it.
   *
   * @param imports all imports of one month, at least one
   * @param parts by the id of the import
   * @param rollups by id
   * @throws IllegalStateException if a row has impossible values
   */
  static ReleaseMonth toReleaseMonth(
      List<ImportEntity> imports, Map<Long, ImportParts> parts, Map<Integer, Rollup> rollups) {
    List<ImportEntity> oldestFirst =
        imports.stream().sorted(Comparator.comparing(entity -> entity.id)).toList();
    Map<SourceMeasure, Long> totals = new EnumMap<>(SourceMeasure.class);
    Map<Level, Map<SourceMeasure, Long>> notDisclosed = new EnumMap<>(Level.class);
    for (ImportEntity entity : oldestFirst) {
      ImportParts ofImport = parts.get(entity.id);
      entity.check(ofImport);
      ofImport.totals().forEach((measure, total) -> totals.merge(measure, total, Math::addExact));
      ofImport
          .losses()
          .forEach((level, loss) -> notDisclosed.merge(level, loss, ImportEntity::sum));
    }
    ImportEntity newest = oldestFirst.get(oldestFirst.size() - 1);
    return new ReleaseMonth(
        oldestFirst.stream()
            .map(entity -> entity.toReleaseImport(parts.get(entity.id), rollups))
            .toList(),
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
  private void check(ImportParts parts) {
    require(status.equals("published"), "is " + status);
    require(lines >= 0 && fileBytes >= 0 && blocks >= 0, "has a negative size");
    require(
        parts.totals().size() == SourceMeasure.values().length,
        "has " + parts.totals().size() + " totals");
    require(
        parts.rollups().values().stream().noneMatch(rows -> rows < 0),
        "has a rollup of a negative size");
  }

  private void require(boolean isRight, String wrong) {
    if (!isRight) {
      throw new IllegalStateException("import " + id + " of " + month + " " + wrong);
    }
  }

  private ReleaseImport toReleaseImport(ImportParts parts, Map<Integer, Rollup> known) {
    Map<Rollup, Long> rows = new HashMap<>();
    parts
        .rollups()
        .forEach(
            (rollup, count) -> {
              if (known.containsKey(rollup)) {
                rows.put(known.get(rollup), count);
              }
            });
    return new ReleaseImport(
        id, YearMonth.parse(month), blocks, rows, parts.segments(), parts.totals());
  }
}
