package fr.opendamir.api.graphql;

import fr.opendamir.catalog.Label;
import fr.opendamir.question.Message;

/** Errors in the arguments of a question that are found before parsing their values. */
enum SelectionMessage implements Message {
  SEVERAL_SELECTIONS(
      "several_selections",
      "nodes est demandé sous plusieurs alias avec des champs différents, qui seraient des"
          + " questions différentes : demander spending plusieurs fois sous des alias",
      "nodes is asked for under several aliases with different fields, which would be different"
          + " questions: ask for spending several times under aliases"),
  MEASURE_OR_DIMENSION(
      "malformed_value",
      "il faut measure ou dimension, l'un des deux",
      "there must be measure or dimension, one of the two"),
  NOTHING_COMPARED(
      "not_asked_for",
      "nodes demande les valeurs d'une comparaison : ajouter compare: PREVIOUS_YEAR ou PREVIOUS_PERIOD",
      "nodes asks for values of a comparison: add compare: PREVIOUS_YEAR or PREVIOUS_PERIOD"),
  LIST_OR_RANGE(
      "malformed_value",
      "il faut in, notIn, ou from et to, et non plusieurs d'entre eux",
      "there must be in, notIn, or from and to, and not several of them"),
  IN_OR_NOT_IN(
      "malformed_value",
      "il faut in ou notIn, l'un des deux",
      "there must be in or notIn, one of the two"),
  EMPTY_LIST(
      "malformed_value",
      "une liste vide ne garde rien ; retirer la condition pour tout garder",
      "an empty list selects nothing; leave the condition out to select everything");

  private final String code;
  private final Label pattern;

  SelectionMessage(String code, String french, String english) {
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
