package fr.opendamir.access;

/** What a key is worth at a moment. */
public enum KeyState {
  ACTIVE,
  /** Works until its grace period ends; another has taken its place. */
  REPLACED,
  EXPIRED,
  REVOKED;

  /** Whether requests may use it. */
  public boolean works() {
    return this == ACTIVE || this == REPLACED;
  }
}
