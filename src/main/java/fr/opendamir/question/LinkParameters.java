package fr.opendamir.question;

import java.util.Locale;
import java.util.Set;

/**
 * Parameters that others add to links: networks and mail programs to count who follows them,
 * libraries to get around caches. They are no part of a question, wherever it is asked.
 */
public final class LinkParameters {
  private static final Set<String> NAMES =
      Set.of(
          "_",
          "_ga",
          "_gl",
          "_hsenc",
          "_hsmi",
          "dclid",
          "fbclid",
          "gad_source",
          "gbraid",
          "gclid",
          "gclsrc",
          "igshid",
          "li_fat_id",
          "mc_cid",
          "mc_eid",
          "mkt_tok",
          "msclkid",
          "srsltid",
          "ttclid",
          "twclid",
          "wbraid",
          "yclid");

  private LinkParameters() {}

  /** Whether a parameter of that name is ignored; every other unknown one is an error. */
  public static boolean isIgnored(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return NAMES.contains(lower) || lower.startsWith("utm_");
  }
}
