package fr.opendamir.store;

/** The roles that work with the database; the owner, who migrates, is not among them. */
public enum DatabaseRole {
  /** Imports: owns the block tables, writes control tables. */
  IMPORTER("opendamir_importer"),
  /** Serves figures: reads published blocks, nothing else. */
  READER("opendamir_reader"),
  /** Serves releases: reads what was published and how, not the operator's reports. */
  CONTROL("opendamir_control");

  private final String roleName;

  DatabaseRole(String roleName) {
    this.roleName = roleName;
  }

  public String roleName() {
    return roleName;
  }
}
