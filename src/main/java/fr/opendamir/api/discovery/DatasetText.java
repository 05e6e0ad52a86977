package fr.opendamir.api.discovery;

import fr.opendamir.query.Release;
import java.time.YearMonth;
import java.util.List;

/** What catalogues say about the data set, in French first: it is about France. */
final class DatasetText {
  /** The same for every release and at every address, so that portals know the data set again. */
  static final String IDENTIFIER = "open-damir-agregats-anonymises";

  static final String TITLE = "Open DAMIR : dépenses d'assurance maladie, agrégats anonymisés";

  static final List<String> KEYWORDS =
      List.of(
          "assurance-maladie",
          "dépenses-de-santé",
          "remboursements",
          "open-damir",
          "sniiram",
          "santé");

  /** The monthly files that the blocks are made of. */
  static final String SOURCE =
      "https://www.data.gouv.fr/datasets/open-damir-base-complete-sur-les-depenses-dassurance-maladie-interregimes";

  private static final String DESCRIPTION =
      """
      Dépenses d'assurance maladie en France par mois de traitement, région, âge, sexe, prestation, prescripteur et exécutant, exonération… : \
      sommes exactes au centime de blocs d'au moins 11 contributeurs, faits des fichiers mensuels Open DAMIR de la Caisse nationale de \
      l'Assurance Maladie. %1$d mois, de %2$s à %3$s. Le code ND désigne le détail non diffusé ; une cellule dont la quantité nette est \
      comprise entre 1 et 10 n'est pas à montrer. Les montants des fichiers Parquet sont en centimes.

      France's health-insurance spending by month of processing, region, age, sex, service, provider, exemption…: exact sums of blocks of at \
      least 11 contributors, made of the monthly Open DAMIR files. %1$d months, from %2$s to %3$s. The code ND is detail that is not disclosed; \
      a cell whose net quantity is between 1 and 10 is not to be shown. Amounts in Parquet files are in cents.""";

  private DatasetText() {}

  static String description(Release release) {
    List<YearMonth> months = release.monthList();
    return DESCRIPTION.formatted(months.size(), months.get(0), months.get(months.size() - 1));
  }
}
