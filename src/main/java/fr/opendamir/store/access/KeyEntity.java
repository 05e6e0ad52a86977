package fr.opendamir.store.access;

import fr.opendamir.access.KeyRecord;
import fr.opendamir.access.NewKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/** A key. */
@Entity
@Table(schema = "control", name = "api_key")
class KeyEntity {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  Long id;

  @Column(name = "hash")
  String hash;

  @Column(name = "prefix")
  String prefix;

  @Column(name = "owner")
  String owner;

  @Column(name = "plan")
  String plan;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "expires_at")
  Instant expiresAt;

  @Column(name = "revoked_at")
  Instant revokedAt;

  @Column(name = "replaced_by")
  Long replacedBy;

  static KeyEntity of(NewKey key) {
    KeyEntity entity = new KeyEntity();
    entity.hash = key.hash();
    entity.prefix = key.prefix();
    entity.owner = key.owner();
    entity.plan = key.plan();
    entity.createdAt = key.createdAt();
    entity.expiresAt = key.expiresAt().orElse(null);
    return entity;
  }

  KeyRecord toRecord() {
    return new KeyRecord(
        id,
        prefix,
        owner,
        plan,
        createdAt,
        Optional.ofNullable(expiresAt),
        Optional.ofNullable(revokedAt),
        Optional.ofNullable(replacedBy));
  }
}
