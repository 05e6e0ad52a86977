package fr.opendamir.question;

/** What a row says about a code: the code, its label, or both. */
public enum LabelStyle {
  ID,
  NAME,
  BOTH
}
