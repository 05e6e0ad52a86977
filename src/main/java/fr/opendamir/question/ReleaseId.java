package fr.opendamir.question;

import java.util.regex.Pattern;

/** The form of the ids of releases: a date and a number, such as {@code 2025-11-03.1}. */
public final class ReleaseId {
  private static final Pattern FORM = Pattern.compile("\\d{4}-\\d{2}-\\d{2}\\.\\d{1,6}");

  private ReleaseId() {}

  /** Whether a release can have this id. */
  public static boolean isValid(String id) {
    return FORM.matcher(id).matches();
  }
}
