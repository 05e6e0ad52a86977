package fr.opendamir.api.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import fr.opendamir.catalog.Language;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.Terms;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A body of {@code application/problem+json} (RFC 9457).
 *
 * @param extensions members specific to this problem type
 * @param language language of the texts, sent as {@code Content-Language}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    List<Item> errors,
    @JsonProperty("request_id") String requestId,
    @JsonAnyGetter Map<String, Object> extensions,
    @JsonIgnore Language language) {
  public Problem {
    errors = List.copyOf(errors);
    extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
  }

  /** One error. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Item(
      String parameter,
      String detail,
      String code,
      @JsonProperty("did_you_mean") List<String> didYouMean) {

    static Item of(QuestionError error, Terms terms, Language language) {
      return new Item(
          terms.name(error.argument()),
          error.detail(terms).in(language),
          error.code(),
          terms.didYouMean(error));
    }
  }
}
