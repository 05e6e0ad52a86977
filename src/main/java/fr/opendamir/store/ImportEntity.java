package fr.opendamir.store;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.query.ReleaseMonth;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
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

  @Column(name = "accepted_loss")
  boolean acceptedLoss;

  @Column(name = "lines")
  long lines;

  @Column(name = "blocks")
  long blocks;

  @Column(name = "smallest_block")
  long smallestBlock;

  @ElementCollection
  @CollectionTable(
      schema = "control",
      name = "import_total",
      joinColumns = @JoinColumn(name = "import_id"))
  @MapKeyColumn(name = "measure")
  @Column(name = "total")
  Map<String, Long> totals = new HashMap<>();

  @ElementCollection
  @CollectionTable(
      schema = "control",
      name = "import_loss",
      joinColumns = @JoinColumn(name = "import_id"))
  @MapKeyColumn(name = "level")
  Map<String, LossAmounts> losses = new HashMap<>();

  ReleaseMonth toReleaseMonth() {
    Map<SourceMeasure, Long> byMeasure = new EnumMap<>(SourceMeasure.class);
    totals.forEach(
        (name, total) ->
            byMeasure.put(SourceMeasure.valueOf(name.toUpperCase(Locale.ROOT)), total));
    Map<Level, Long> byLevel = new EnumMap<>(Level.class);
    losses.forEach(
        (name, loss) -> Level.find(name).ifPresent(level -> byLevel.put(level, loss.charged)));
    return new ReleaseMonth(
        id,
        YearMonth.parse(month),
        fileName,
        fileBytes,
        sha256,
        policyId,
        synthetic,
        acceptedLoss,
        lines,
        blocks,
        smallestBlock,
        byMeasure,
        byLevel);
  }
}
