package fr.opendamir.catalog;

/** The published description of a level: names, DAMIR variables and caveats. */
public record LevelDescription(String variables, Label label, Label description) {}
