package fr.opendamir.query;

import fr.opendamir.catalog.Label;
import java.util.List;

/**
 * One thing that is wrong with a question.
 *
 * @param parameter the parameter it is about
 * @param code stable, for programs: {@code unknown_parameter}, {@code unknown_value}, …
 * @param detail what is wrong and what would work, in both languages
 * @param didYouMean the nearest valid names, best first; may be empty
 */
public record QuestionError(String parameter, String code, Label detail, List<String> didYouMean) {
  public QuestionError {
    didYouMean = List.copyOf(didYouMean);
  }
}
