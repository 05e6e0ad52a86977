package fr.opendamir.store.access;

import fr.opendamir.access.UsageCount;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.Optional;

/** What was used on a day. Read only: counts are added by a statement. */
@Entity
@Table(schema = "control", name = "usage_day")
class UsageEntity {
  @Id Long id;

  @Column(name = "day")
  LocalDate day;

  @Column(name = "key_id")
  Long keyId;

  @Column(name = "plan")
  String plan;

  @Column(name = "door")
  String door;

  @Column(name = "requests")
  long requests;

  @Column(name = "units")
  long units;

  @Column(name = "refused")
  long refused;

  UsageCount toCount() {
    return new UsageCount(day, Optional.ofNullable(keyId), plan, door, requests, units, refused);
  }
}
