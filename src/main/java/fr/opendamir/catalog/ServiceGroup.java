package fr.opendamir.catalog;

/** One of the 34 groups of services and the kind it belongs to. */
public record ServiceGroup(String id, String kind, Label label) {
  /** Where services fall whose code is in no documented range. */
  static final ServiceGroup UNDOCUMENTED =
      new ServiceGroup(
          "undocumented",
          "other",
          new Label("Prestations hors nomenclature", "Services outside the code list"));
}
