package fr.opendamir.store;

/** The database roles, except the owner, which migrates. */
public enum DatabaseRole {
  /** Imports: owns the table of rollups, writes segments and control tables. */
  IMPORTER("opendamir_importer"),
  /** Serves figures: reads published segments and rollups, nothing else. */
  READER("opendamir_reader"),
  /** Serves releases: reads what was published and how, not the operator's reports. */
  CONTROL("opendamir_control"),
  /** Looks up, issues and revokes keys, and counts usage; no figures, no releases. */
  ACCESS("opendamir_access");

  private final String roleName;

  DatabaseRole(String roleName) {
    this.roleName = roleName;
  }

  public String roleName() {
    return roleName;
  }

  /** Whether the service connects with this role. Only imports use the other one. */
  boolean isServing() {
    return this != IMPORTER;
  }
}
