package fr.opendamir.catalog;

/**
 * One code of a code list, as the monthly files write it, with its labels.
 *
 * @param validity the months in which it is in use
 */
public record CodeEntry(String code, Label label, Validity validity) {
  /** Creates a code that is always valid. */
  public CodeEntry(String code, Label label) {
    this(code, label, Validity.ALWAYS);
  }

  /** The hash of the code alone: strings cache theirs; a record combines its members each time. */
  @Override
  public int hashCode() {
    return code.hashCode();
  }
}
