package fr.opendamir.query;

import fr.opendamir.catalog.Label;
import fr.opendamir.question.Message;

/** Messages for a question that parses correctly but cannot be answered from its release. */
public enum BindingMessage implements Message {
  NOTHING_PUBLISHED(
      "nothing_published",
      "aucun mois n'est encore publié ; importer un fichier mensuel",
      "no month has been published yet; import a monthly file"),
  NOT_SERVED(
      "unknown_release",
      "%s n'est pas (ou plus) servie ; voir %s",
      "%s is not, or no longer, served; see %s"),
  NO_MONTH_PUBLISHED(
      "not_published",
      "aucun mois publié dans %s ; mois publiés : %s",
      "no month is published in %s; months published: %s"),
  NO_CARE_PERIOD(
      "not_published",
      "aucun mois publié ne contient de soins datés de %s ; périodes de soins publiées : %s à %s",
      "no month published has care dated %s; periods of care published: %s to %s"),
  NO_RECENT_MONTH(
      "contradiction",
      "les %d derniers mois de la version ne sont pas dans %s ; retirer last, ou la période (mois"
          + " publiés : %s)",
      "the last %d months of the release are not in %s; leave last out, or the period (months"
          + " published: %s)"),
  UNKNOWN_CODE(
      "unknown_value",
      "« %s » n'est pas un code de %s ; voir %s",
      "\"%s\" is not a code of %s; see %s"),
  CODE_WRITTEN_OTHERWISE(
      "unknown_value",
      "« %s » n'est pas un code de %s ; peut-être %s ; voir %s",
      "\"%s\" is not a code of %s; maybe %s; see %s"),
  CODE_OF_TOTALS(
      "unknown_value",
      "_T est le code des totaux, qu'on demande par totals=grand ; sans ce paramètre, tout est"
          + " retenu",
      "_T is the code of totals, which totals=grand asks for; without this parameter, everything is"
          + " selected"),
  CODES_OF_OTHER_MONTHS(
      "contradiction",
      "%s : codes de %s dans les mois %s seulement, pas dans %s, où les codes sont %s",
      "%s: codes of %s in the months %s only, not in %s, where the codes are %s"),
  COMPARED_VINTAGES(
      "contradiction",
      "compare mettrait face à face des mois dont les codes de %s sont de deux découpages (%s) :"
          + " retirer %s, ou choisir d'autres mois",
      "compare would set months against each other whose codes of %s are of two vintages (%s):"
          + " leave %s out, or choose other months"),
  FILLED_VINTAGES(
      "contradiction",
      "fill répéterait chaque code de %s dans des mois de deux découpages (%s) : garder les mois de"
          + " l'un des deux, ou retirer fill",
      "fill would repeat each code of %s in months of two vintages (%s): keep the months of one of"
          + " them, or leave fill out"),
  NO_COMMON_CODE(
      "contradiction",
      "aucun des codes retenus de %s n'est dans ce que %s retient ; retirer l'une de ces"
          + " conditions",
      "none of the codes selected of %s is among those that %s selects; leave one of these conditions out"),
  SEVERAL_SERVICES(
      "several_services",
      "%s n'a de sens que pour une seule prestation : ajouter service à group_by, ou filtrer sur"
          + " une prestation (service=1110)",
      "%s only makes sense for one service: add service to group_by, or filter on one"
          + " (service=1110)"),
  NOT_A_SUM(
      "not_a_sum",
      "%s est un quotient : sa variation n'est pas une somme de blocs ; demander ses deux termes",
      "%s is a quotient: its change is not a sum of blocks; ask for the two sums it is made of"),
  COMPARED_RELEASES(
      "contradiction",
      "la variation entre deux versions ne se compare pas à une autre période : retirer compare, ou"
          + " demander chaque version par release",
      "a change between two releases is not compared with another period: leave compare out, or ask"
          + " each release with release"),
  FILLED_DIFFERENCE(
      "contradiction",
      "la variation entre deux versions n'a que les cellules qui changent : retirer fill",
      "a change between two releases has only the cells that change: leave fill out"),
  OTHER_POPULATION(
      "no_denominator",
      "la version %s ne fixe pas la table %s de ce service : publier une version avec la commande"
          + " references load, ou demander des montants",
      "release %s does not pin the table %s of this service: publish a release with the command"
          + " references load, or ask for amounts"),
  RATE_BY_AGE_BAND(
      "no_denominator",
      "la population n'est connue que par groupe d'âges : remplacer age_band par age_group",
      "the population is known by age group only: replace age_band by age_group"),
  RATE_BY_CARE_PERIOD(
      "no_denominator",
      "les mesures par habitant portent sur des mois de traitement entiers, dont une période de"
          + " soins n'est qu'une partie : remplacer %s par %s, ou demander des montants",
      "measures per inhabitant are about whole months of processing, of which a period of care is a"
          + " part only: replace %s by %s, or ask for amounts"),
  PART_OF_AGE_GROUP(
      "no_denominator",
      "la population n'est connue que par groupe d'âges, et une partie seulement de %s est retenue"
          + " ou exclue : prendre des groupes entiers (%s), ou filtrer par age_group",
      "the population is known by age group only, and only a part of %s is selected or excluded: take"
          + " whole groups (%s), or filter by age_group"),
  NO_POPULATION(
      "no_denominator",
      "aucune population pour %s : les mesures par habitant existent de %s à %s ; choisir ces"
          + " années, ou demander des montants",
      "there is no population for %s: measures per inhabitant exist from %s to %s; choose these"
          + " years, or ask for amounts"),
  STANDARDISED_BY_OTHERS(
      "not_standardised",
      "%s se groupe par région et période seulement : retirer %s de group_by, ou demander %s",
      "%s is grouped by region and period only: leave %s out of group_by, or ask for %s"),
  STANDARDISED_OF_SOME(
      "not_standardised",
      "%s couvre tous les âges et les deux sexes : retirer le filtre sur %s, ou demander %s",
      "%s is about all ages and both sexes: leave out the filter on %s, or ask for %s"),
  UNDISCLOSED_STRATA(
      "not_standardised",
      "%s n'est pas calculée : l'âge ou le sexe de %s %% des montants n'est pas diffusé, plus de 1"
          + " %% ; demander %s",
      "%s is not calculated: age or sex of %s%% of the amounts is not disclosed, more than 1%%; ask"
          + " for %s"),
  TOO_MANY_PERIODS_FILLED(
      "too_many_rows",
      "fill ferait jusqu'à %d lignes, au plus %d sont possibles : garder au plus %d périodes, en"
          + " prendre de plus longues, filtrer, ou retirer fill",
      "fill would make up to %d rows, at most %d are possible: keep at most %d periods, take longer"
          + " ones, filter, or leave fill out"),
  TOO_MANY_GROUPS_FILLED(
      "too_many_rows",
      "fill ferait jusqu'à %d lignes, au plus %d sont possibles : retirer de group_by un ou"
          + " plusieurs des niveaux %s, les filtrer, ou retirer fill",
      "fill would make up to %d rows, at most %d are possible: leave out one or more of the levels"
          + " %s of group_by, filter them, or leave fill out"),
  TOO_MANY_ROWS(
      "too_many_rows",
      "la réponse aurait plus de %d lignes : filtrer, retirer un axe de group_by, ou lire par pages"
          + " (limit=%d et cursor)",
      "the answer would have more than %d rows: filter, leave out a dimension of group_by, or read"
          + " pages (limit=%d and cursor)");

  private final String code;
  private final Label pattern;

  BindingMessage(String code, String french, String english) {
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
