package fr.opendamir.catalog;

/** A language of labels and messages. French is the official one and the default. */
public enum Language {
  FR,
  EN
}
