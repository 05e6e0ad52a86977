package fr.opendamir.catalog;

/** What readers are told about a level: names, DAMIR variables and caveats. */
public record LevelDescription(String variables, Label label, Label description) {}
