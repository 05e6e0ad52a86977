package fr.opendamir.api.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.query.Release;

/** The attribution that the data licence requires of every reuser. */
public record Attribution(
    String source, String licence, @JsonProperty("last_update") String lastUpdate) {
  /** The address of the licence, by which data portals know it. */
  public static final String LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence";

  private static final Label GENUINE =
      new Label(
          "Caisse nationale de l'Assurance Maladie – Open DAMIR",
          "Caisse nationale de l'Assurance Maladie (French national health insurance) – Open DAMIR");
  private static final Label SYNTHETIC =
      new Label(
          "Données synthétiques d'Open DAMIR API, au format Open DAMIR ; aucun chiffre n'est réel",
          "Synthetic data of Open DAMIR API in the Open DAMIR format; no figure is real");

  /** The attribution for data of a release. */
  public static Attribution of(Release release, Language language) {
    return new Attribution(
        (release.isSynthetic() ? SYNTHETIC : GENUINE).in(language),
        "Licence Ouverte / Open Licence",
        release.publishedAt().toString());
  }
}
