package fr.opendamir.question;

import java.util.Locale;
import java.util.Set;

/**
 * Parameters that third parties add to links: social networks and mail programs for tracking,
 * libraries to bypass caches. They are ignored in every question.
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

  /** Whether a parameter is ignored; any other unknown parameter is an error. */
  public static boolean isIgnored(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return NAMES.contains(lower) || lower.startsWith("utm_");
  }
}
