package fr.opendamir.store;

/** The roles the serving process connects with; neither owns anything. */
public enum DatabaseRole {
  /** Reads published blocks, nothing else. */
  READER("opendamir_reader"),
  /** Reads what was published and how, not the operator's reports. */
  CONTROL("opendamir_control");

  private final String roleName;

  DatabaseRole(String roleName) {
    this.roleName = roleName;
  }

  public String roleName() {
    return roleName;
  }
}
