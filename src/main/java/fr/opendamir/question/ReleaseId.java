package fr.opendamir.question;

import java.util.regex.Pattern;

/** The format of release ids: a date and a number, such as {@code 2025-11-03.1}. */
public final class ReleaseId {
  private static final Pattern FORM = Pattern.compile("\\d{4}-\\d{2}-\\d{2}\\.\\d{1,6}");

  private ReleaseId() {}

  /** Whether a text has the format of a release id. */
  public static boolean isValid(String id) {
    return FORM.matcher(id).matches();
  }
}
