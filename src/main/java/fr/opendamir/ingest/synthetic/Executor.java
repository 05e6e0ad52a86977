package fr.opendamir.ingest.synthetic;

/**
 * Who carried out the act: activity ({@code PSE_ACT_SNDS}) and category ({@code PSE_ACT_CAT}) when
 * billing on their own account.
 */
record Executor(int activity, int category) {

  /** A physician: no activity, category 1 and a specialty. */
  boolean isPhysician() {
    return activity == 0 && category == 1;
  }

  /** The form of {@code families.csv}, for instance {@code 24/6}. */
  static Executor parse(String text) {
    int slash = text.indexOf('/');
    return new Executor(
        Integer.parseInt(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }
}
