package fr.opendamir.format;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What SDMX-CSV answers and the document of their structure have in common: identifiers, and the
 * names that are not in the catalog. Codes of status and confidentiality are those of SDMX.
 */
public final class Sdmx {
  public static final String AGENCY = "OPEN_DAMIR";

  /** The data structure, and the dataflow that has it. */
  public static final Name SPENDING =
      new Name(
          "SPENDING", "Dépenses d'assurance maladie (Open DAMIR)", "Health-insurance spending");

  public static final String VERSION = "1.0";

  public static final Name MEASURE = new Name("MEASURE", "Mesure", "Measure");
  public static final Name TIME_PERIOD =
      new Name("TIME_PERIOD", "Période de traitement", "Period of processing");
  public static final Name OBS_VALUE =
      new Name("OBS_VALUE", "Valeur observée", "Observation value");
  public static final Name OBS_STATUS =
      new Name("OBS_STATUS", "Statut de l'observation", "Observation status");
  public static final Name CONF_STATUS =
      new Name("CONF_STATUS", "Statut de confidentialité", "Confidentiality status");
  public static final Name UNIT_MEASURE =
      new Name("UNIT_MEASURE", "Unité de mesure", "Unit of measure");

  static final Name NORMAL = new Name("A", "Valeur normale", "Normal value");
  static final Name PROVISIONAL = new Name("P", "Valeur provisoire", "Provisional value");
  static final Name FILLED = new Name("I", "Valeur imputée", "Imputed value");
  static final Name SUPPRESSED =
      new Name("Q", "Valeur manquante ; masquée", "Missing value; suppressed");
  static final Name CANNOT_EXIST =
      new Name("M", "Valeur manquante ; ne peut pas exister", "Missing value; data cannot exist");
  static final Name NOT_PUBLISHED =
      new Name("L", "Valeur manquante ; mois non publiés", "Missing value; months not published");
  static final Name MISSING = new Name("O", "Valeur manquante", "Missing value");

  static final Name FREE = new Name("F", "Libre de diffusion", "Free for publication");
  static final Name CONFIDENTIAL =
      new Name("C", "Donnée confidentielle", "Confidential statistical information");

  /** The codes of {@link #OBS_STATUS}. */
  public static final List<Name> STATUSES =
      List.of(NORMAL, PROVISIONAL, FILLED, SUPPRESSED, CANNOT_EXIST, NOT_PUBLISHED, MISSING);

  /** The codes of {@link #CONF_STATUS}. */
  public static final List<Name> CONFIDENTIALITIES = List.of(FREE, CONFIDENTIAL);

  private static final Pattern NOT_IN_IDENTIFIERS = Pattern.compile("[^A-Za-z0-9_-]");

  private Sdmx() {}

  /** An identifier with its names. */
  public record Name(String id, String french, String english) {
    String in(boolean isFrench) {
      return isFrench ? french : english;
    }
  }

  /** The identifier of the dimension of a level. */
  public static String dimension(String level) {
    return level.toUpperCase(Locale.ROOT);
  }

  /**
   * A code of a level as SDMX allows it: the colon of a group becomes a hyphen ({@code
   * G-pharmacy}), and any other character that identifiers do not have becomes its number between
   * dollar signs ({@code a$2B$b} of {@code a+b}), so that no two codes become the same.
   */
  public static String code(String code) {
    if (code.startsWith("G:")) {
      return "G-" + escaped(code.substring(2));
    }
    return code.startsWith("G-") ? "G$2D$" + escaped(code.substring(2)) : escaped(code);
  }

  private static String escaped(String code) {
    return NOT_IN_IDENTIFIERS
        .matcher(code)
        .replaceAll(found -> "\\$%X\\$".formatted(found.group().codePointAt(0)));
  }

  /** The code of a unit, such as {@code EUR_PER_ACT} of {@code EUR/act}. */
  public static String unit(String unit) {
    return unit.toUpperCase(Locale.ROOT).replace("/", "_PER_").replaceAll("[^A-Z0-9]+", "_");
  }
}
