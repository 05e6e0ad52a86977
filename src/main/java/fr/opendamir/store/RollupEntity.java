package fr.opendamir.store;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.query.Rollup;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A set of levels that rollups are summed by. Read only: the import writes it by JDBC. */
@Entity
@Table(schema = "control", name = "rollup")
class RollupEntity {
  @Id int id;

  @Column(name = "levels")
  String levels;

  Rollup toRollup() {
    return new Rollup(
        id,
        Grouping.parse(levels)
            .orElseThrow(() -> new IllegalStateException("a rollup by unknown levels: " + levels)));
  }
}
