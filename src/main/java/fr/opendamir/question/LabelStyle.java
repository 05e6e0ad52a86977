package fr.opendamir.question;

/** The representation of codes in rows: the code, its label, or both. */
public enum LabelStyle {
  ID,
  NAME,
  BOTH
}
