package fr.opendamir.api.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.opendamir.access.OverloadedException;
import fr.opendamir.access.TooManyAtOnceException;
import fr.opendamir.answer.QuotaExceededException;
import fr.opendamir.answer.RequestAccount;
import fr.opendamir.api.http.FailureLog;
import fr.opendamir.api.http.Problem;
import fr.opendamir.api.http.Problems;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.TooLargeException;
import fr.opendamir.question.QuestionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Tells failures of tools as results with {@code isError}, so that the model reads them: what was
 * wrong, and what to do next.
 */
final class ToolFailures {
  private static final int MOST_ERRORS = 5;
  private static final Label DID_YOU_MEAN = new Label(" – peut-être %s ?", " – did you mean %s?");
  private static final Label WOULD_WORK = new Label("serait possible : ", "would work: ");
  private static final Label WAIT =
      new Label(
          "Attendre %d secondes avant le prochain appel.", "Wait %d seconds before the next call.");

  private ToolFailures() {}

  /** The result of a call that failed. */
  static ObjectNode result(Throwable failure, Problems problems, RequestAccount account) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    account.noted(cause);
    Optional<Long> wait = wait(cause, account);
    Problem problem = problem(cause, problems);
    Language language = problems.language();
    List<String> lines = new ArrayList<>();
    lines.add(
        problem.errors().isEmpty() ? problem.title() + ": " + problem.detail() : problem.title());
    problem.errors().stream()
        .limit(MOST_ERRORS)
        .map(error -> error.parameter() + ": " + error.detail() + didYouMean(error, language))
        .forEach(lines::add);
    if (cause instanceof TooLargeException tooLarge) {
      tooLarge
          .suggestions()
          .forEach(smaller -> lines.add(WOULD_WORK.in(language) + smaller.change().in(language)));
    }
    wait.ifPresent(seconds -> lines.add(WAIT.in(language).formatted(seconds)));
    if (wait.isEmpty() && problem.status() >= 500) {
      lines.add("request_id: " + problem.requestId());
    }
    return result(String.join("\n", lines), code(problem), wait);
  }

  private static Problem problem(Throwable cause, Problems problems) {
    if (cause instanceof QuestionException e) {
      return problems.of(e, ToolTerms.INSTANCE);
    }
    if (cause instanceof TooLargeException e) {
      return problems.of(e, smaller -> Optional.empty());
    }
    if (cause instanceof QuotaExceededException e) {
      return problems.of(e.grant());
    }
    if (!RequestAccount.isPersonal(cause)) {
      FailureLog.failed(problems.requestId(), cause);
    }
    return problems.of(cause);
  }

  /** Seconds to wait; empty if waiting does not help. */
  private static Optional<Long> wait(Throwable cause, RequestAccount account) {
    if (cause instanceof QuotaExceededException exceeded) {
      return Optional.of(Math.max(1, exceeded.grant().retryAfterSeconds()));
    }
    if (cause instanceof OverloadedException || cause instanceof TooManyAtOnceException) {
      return Optional.of(Math.max(1, account.retryAfterSeconds()));
    }
    return cause instanceof DataUnavailableException
        ? Optional.of((long) Problems.RETRY_AFTER_SECONDS)
        : Optional.empty();
  }

  private static ObjectNode result(String text, String code, Optional<Long> wait) {
    ObjectNode result = Json.object();
    result.putArray("content").addObject().put("type", "text").put("text", text);
    result.put("isError", true);
    ObjectNode meta = result.putObject("_meta").put("opendamir/code", code);
    wait.ifPresent(seconds -> meta.put("opendamir/retry_after_seconds", seconds));
    return result;
  }

  private static String didYouMean(Problem.Item error, Language language) {
    return error.didYouMean().isEmpty()
        ? ""
        : DID_YOU_MEAN.in(language).formatted(String.join(", ", error.didYouMean()));
  }

  private static String code(Problem problem) {
    String type = problem.type();
    return type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf('#')) + 1)
        .replace('-', '_');
  }
}
