package fr.opendamir.catalog;

/** One code of a code list, as the monthly files write it, with its labels. */
public record CodeEntry(String code, Label label) {}
