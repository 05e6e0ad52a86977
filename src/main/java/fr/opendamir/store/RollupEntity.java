package fr.opendamir.store;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.query.Rollup;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;

/** A set of levels that rollups are summed by. Read only: the import writes it by JDBC. */
@Entity
@Table(schema = "control", name = "rollup")
class RollupEntity {
  @Id int id;

  @Column(name = "levels")
  String levels;

  /** Converts the rollup; empty if this version does not know its levels. */
  Optional<Rollup> toRollup() {
    return Grouping.parse(levels).map(grouping -> new Rollup(id, grouping));
  }
}
