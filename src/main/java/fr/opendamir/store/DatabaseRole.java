package fr.opendamir.store;

/** The roles that work with the database; the owner, which migrates, is not among them. */
public enum DatabaseRole {
  /** Imports: owns the block tables, writes control tables. */
  IMPORTER("opendamir_importer"),
  /** Serves figures: reads published blocks, nothing else. */
  READER("opendamir_reader"),
  /** Serves releases: reads what was published and how, not the operator's reports. */
  CONTROL("opendamir_control"),
  /** Looks up, gives out and takes back keys, and counts what is used; no figures, no releases. */
  ACCESS("opendamir_access");

  private final String roleName;

  DatabaseRole(String roleName) {
    this.roleName = roleName;
  }

  public String roleName() {
    return roleName;
  }

  /** Whether the service connects as it; the import alone is the other. */
  boolean isServing() {
    return this != IMPORTER;
  }
}
