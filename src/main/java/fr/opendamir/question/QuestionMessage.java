package fr.opendamir.question;

import fr.opendamir.catalog.Label;

/** Messages for errors that do not depend on the published releases. */
public enum QuestionMessage implements Message {
  UNKNOWN_PARAMETER(
      "unknown_parameter",
      "paramètre inconnu ; paramètres acceptés : %s",
      "unknown parameter; accepted parameters: %s"),
  BRACKETS(
      "unknown_parameter",
      "les noms sont sans crochets, les listes séparées par des virgules : écrire %s=%s",
      "names have no brackets, lists are comma-separated: write %s=%s"),
  SEMICOLON(
      "malformed_value",
      "« %s » : le point-virgule ne sépare rien ; écrire & entre les paramètres et , entre les"
          + " valeurs",
      "\"%s\": a semicolon separates nothing; write & between parameters and , between values"),
  UNKNOWN_VALUE(
      "unknown_value",
      "« %s » n'existe pas ; valeurs acceptées : %s",
      "\"%s\" does not exist; accepted values: %s"),
  /** A sort key or {@code having} condition refers to something that is not part of the answer. */
  NOT_ASKED_FOR("unknown_value", UNKNOWN_VALUE.pattern.fr(), UNKNOWN_VALUE.pattern.en()),
  NOT_A_VALUE(
      "malformed_value", "« %s » n'est pas une valeur possible", "\"%s\" is not a possible value"),
  SEVERAL_VALUES("too_many_values", "une seule valeur est possible", "takes one value only"),
  TOO_MANY_VALUES(
      "too_many_values", "%d, c'est trop : au plus %d %s", "%d is too many: at most %d %s"),
  NOT_IN_RANGE(
      "malformed_value",
      "doit être un nombre entier de %d à %d",
      "must be a whole number from %d to %d"),
  MIXED_EXCLUSION(
      "malformed_value",
      "mélange de valeurs retenues et exclues ; pour tout exclure, mettre ! devant chacune ; pour"
          + " n'en retenir que certaines, ne donner que celles-là",
      "mixes included and excluded values; to exclude them all, put ! before each; to include some, name"
          + " those only"),
  EMPTY_EXCLUSION(
      "malformed_value",
      "! n'est suivi d'aucune valeur à exclure ; la donner, ou retirer ce paramètre",
      "! is before no value to exclude; give one, or leave the parameter out"),
  NO_CODE("malformed_value", "« %s » n'est pas un code ; voir %s", "\"%s\" is not a code; see %s"),
  RANGE_OF_CODES(
      "malformed_value",
      "les intervalles ne valent que pour les périodes (month, quarter, year, care_month, care_quarter,"
          + " care_year)",
      "ranges are for periods only (month, quarter, year, care_month, care_quarter, care_year)"),
  NO_PERIOD(
      "malformed_value",
      "« %s » n'est pas une période ; exemples : %s",
      "\"%s\" is not a period; examples: %s"),
  PERIOD_WRITTEN_OTHERWISE(
      "malformed_value",
      "« %s » n'est pas une période ; écrire %s ; exemples : %s",
      "\"%s\" is not a period; write %s; examples: %s"),
  REVERSED_PERIOD(
      "contradiction",
      "« %s » finit avant de commencer ; écrire %s",
      "\"%s\" ends before it starts; write %s"),
  FROM_AFTER_TO(
      "contradiction",
      "from (%1$s) est après to (%2$s) ; les échanger : from=%2$s&to=%1$s",
      "from (%1$s) is after to (%2$s); swap them: from=%2$s&to=%1$s"),
  NO_MONTH(
      "contradiction",
      "aucun mois ne satisfait à la fois %s ; retirer l'une de ces conditions",
      "no month meets %s together; leave one of these conditions out"),
  NO_CONDITION(
      "malformed_value",
      "« %s » : forme attendue mesure:opérateur:valeur, par exemple reimbursed:ge:1000000",
      "\"%s\": the form is measure:operator:value, such as reimbursed:ge:1000000"),
  NO_NUMBER(
      "malformed_value",
      "« %s » n'est pas un nombre (au plus 15 chiffres et 6 décimales, avec un point)",
      "\"%s\" is not a number (at most 15 digits and 6 decimals after a point)"),
  NO_FIGURE(
      "contradiction",
      "aucune valeur de %s ne satisfait toutes les conditions ; en retirer une",
      "no figure of %s meets all conditions; leave one out"),
  NO_CURSOR(
      "malformed_value",
      "n'est pas un curseur ; reprendre page.next_cursor ou links.next de la page précédente",
      "is not a cursor; take page.next_cursor or links.next of the page before"),
  CURSOR_OF_ANOTHER(
      "other_question",
      "ce curseur est celui d'une autre question ou version ; recommencer sans cursor",
      "this cursor is of another question or release; start again without cursor"),
  NO_RELEASE(
      "malformed_value",
      "« %s » n'est pas une version ; exemple : 2025-11-03.1, voir %s",
      "\"%s\" is not a release; example: 2025-11-03.1, see %s"),
  MORE_ERRORS(
      "more_errors",
      "il y a d'autres erreurs ; corriger d'abord celles-ci",
      "there are more errors; fix these first"),
  COMPARED_WITHOUT_PERIOD(
      "no_period",
      "compare a besoin de périodes : mettre month, quarter ou year dans group_by, ou ne retenir qu'une"
          + " période, avec un début et une fin (year=2024, month=2024-01..2024-06, last=12)",
      "compare needs periods: put month, quarter or year in group_by, or keep one period with a start"
          + " and an end (year=2024, month=2024-01..2024-06, last=12)"),
  FILLED_WITHOUT_PERIOD(
      "no_period",
      "fill ajoute des périodes sans montants : mettre month, quarter, year, care_month, care_quarter ou"
          + " care_year dans group_by",
      "fill adds periods without figures: put month, quarter, year, care_month, care_quarter or"
          + " care_year in group_by"),
  SEVERAL_PERIODS(
      "several_periods",
      "%s n'accepte qu'une sorte de période dans group_by : ne garder qu'un niveau parmi %s",
      "%s takes one kind of period in group_by: keep one level of %s"),
  COMPARED_PERIODS_OF_CARE(
      "several_periods",
      "compare porte sur des périodes de traitement : retirer %s de la question, ou grouper par périodes"
          + " de soins sans compare",
      "compare is about periods of processing: leave %s out of the question, or group by periods of"
          + " care without compare"),
  NOTHING_STANDARDISED(
      "not_asked_for",
      "%s pondère les mesures standardisées : en demander une dans measures, comme"
          + " reimbursed_per_inhabitant_standardised, ou retirer reference",
      "%s weights standardised measures: ask for one in measures, such as"
          + " reimbursed_per_inhabitant_standardised, or leave reference out");

  private final String code;
  private final Label pattern;

  QuestionMessage(String code, String french, String english) {
    this.code = code;
    this.pattern = new Label(french, english);
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public Label pattern() {
    return pattern;
  }
}
