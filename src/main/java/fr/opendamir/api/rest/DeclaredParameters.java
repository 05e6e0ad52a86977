package fr.opendamir.api.rest;

import fr.opendamir.catalog.Language;
import fr.opendamir.question.Argument;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionErrors;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.QuestionMessage;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Rejects parameters that a resource does not declare, as questions do: a misspelled name must not
 * silently return the answer to a different request. Every resource accepts {@code lang}, at least
 * for its error messages.
 */
class DeclaredParameters {
  private static final String LANGUAGE = "lang";
  private static final List<String> LANGUAGES = List.of("fr", "en");

  private final Map<Method, Set<String>> declared = new ConcurrentHashMap<>();

  @ServerRequestFilter
  void require(ResourceInfo resource, UriInfo uri) {
    Method method = resource.getResourceMethod();
    if (method.isAnnotationPresent(AsksQuestion.class) || isPage(method)) {
      return;
    }
    List<QuestionError> errors =
        errors(
            declared.computeIfAbsent(method, DeclaredParameters::names), uri.getQueryParameters());
    if (!errors.isEmpty()) {
      throw new QuestionException(QuestionException.Reason.MALFORMED, errors);
    }
  }

  /**
   * Whether a method returns a page. What is in the address of a page is read by its scripts, which
   * show what is wrong with it in its place.
   */
  private static boolean isPage(Method method) {
    Produces produces = method.getAnnotation(Produces.class);
    return produces != null && produces.value()[0].startsWith(MediaType.TEXT_HTML);
  }

  /**
   * Finds the errors in the parameters of a URL.
   *
   * @param declared valid names, in lower case; matching is not case-sensitive
   */
  static List<QuestionError> errors(
      Set<String> declared, Map<String, ? extends Collection<String>> sent) {
    QuestionErrors errors = new QuestionErrors();
    sent.forEach(
        (name, values) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          List<String> sentValues =
              values.stream().map(String::strip).filter(v -> !v.isEmpty()).toList();
          if (!declared.contains(lower)) {
            errors.addUnknownParameter(name, declared);
          } else if (sentValues.stream().distinct().count() > 1) {
            errors.add(Argument.of(lower), QuestionMessage.SEVERAL_VALUES);
          } else if (lower.equals(LANGUAGE)) {
            sentValues.stream()
                .filter(value -> Language.find(value.strip()).isEmpty())
                .map(value -> QuestionError.unknownValue(LANGUAGE, value, LANGUAGES))
                .forEach(errors::add);
          }
        });
    return errors.list();
  }

  private static Set<String> names(Method method) {
    Set<String> names = new TreeSet<>(Set.of(LANGUAGE));
    for (Annotation[] annotations : method.getParameterAnnotations()) {
      for (Annotation annotation : annotations) {
        if (annotation instanceof QueryParam parameter) {
          names.add(parameter.value());
        }
      }
    }
    return names;
  }
}
