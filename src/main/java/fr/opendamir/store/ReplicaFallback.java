package fr.opendamir.store;

/** What becomes of a question while read replicas cannot answer it. */
public enum ReplicaFallback {
  /** The primary answers it. */
  PRIMARY,
  /** It is refused (503), so that the primary is never loaded by readers. */
  REFUSE
}
