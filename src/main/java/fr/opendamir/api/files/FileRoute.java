package fr.opendamir.api.files;

import fr.opendamir.access.FilePrice;
import fr.opendamir.access.OverloadedException;
import fr.opendamir.access.TooManyAtOnceException;
import fr.opendamir.answer.QuotaExceededException;
import fr.opendamir.answer.RequestAccount;
import fr.opendamir.api.http.Exchange;
import fr.opendamir.api.http.FailureLog;
import fr.opendamir.api.http.FileProgress;
import fr.opendamir.api.http.HeadRequest;
import fr.opendamir.api.http.HttpConfig;
import fr.opendamir.api.http.ProblemMappers;
import fr.opendamir.api.http.ProblemResponse;
import fr.opendamir.api.http.ProblemType;
import fr.opendamir.api.http.Problems;
import fr.opendamir.api.http.RequestId;
import fr.opendamir.api.http.StreamPace;
import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.FileShelf;
import fr.opendamir.query.ReplacedException;
import fr.opendamir.question.QuestionErrors;
import fr.opendamir.question.QuestionException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.util.Set;

/**
 * Serves the files of releases from the disk, whole or a range of bytes. A file is found by
 * comparing names: nothing of an address is ever a part of a path.
 */
@ApplicationScoped
class FileRoute {
  private static final String PATH = "/v1/releases/:release/files/:file";

  /** The list of files under its other name, which the REST door answers. */
  private static final String DESCRIPTOR = "datapackage.json";

  private static final Set<String> PARAMETERS = Set.of("lang");

  /** After the filters, which have lower orders, and before the routes of extensions. */
  private static final int ORDER = -100;

  private final FileLookup lookup;
  private final FileShelf shelf;
  private final FilePlaces places;
  private final StreamPace pace;

  FileRoute(FileLookup lookup, FileShelf shelf, FilePlaces places, HttpConfig config) {
    this.lookup = lookup;
    this.shelf = shelf;
    this.places = places;
    this.pace = new StreamPace(config.stallLimit(), config.leastRate().asLongValue());
  }

  void register(@Observes Router router) {
    router.route(PATH).order(ORDER).handler(this::handle);
  }

  private void handle(RoutingContext context) {
    String name = context.pathParam("file");
    if (name.equals(DESCRIPTOR)) {
      context.next();
      return;
    }
    if (!context.request().method().equals(HttpMethod.GET)) {
      context.response().putHeader("Allow", "GET, HEAD");
      ProblemResponse.write(
          context, ProblemMappers.problems(context).of(ProblemType.METHOD_NOT_ALLOWED));
      return;
    }
    try {
      requireKnown(context.queryParams().names());
    } catch (QuestionException e) {
      fail(context, e);
      return;
    }
    var unused =
        lookup
            .find(context.pathParam("release"), name)
            .subscribe()
            .with(found -> answer(context, found), failure -> fail(context, failure));
  }

  private static void requireKnown(Set<String> parameters) {
    QuestionErrors errors = new QuestionErrors();
    parameters.stream()
        .filter(parameter -> !PARAMETERS.contains(parameter))
        .forEach(parameter -> errors.addUnknownParameter(parameter, PARAMETERS));
    if (!errors.list().isEmpty()) {
      throw new QuestionException(QuestionException.Reason.MALFORMED, errors.list());
    }
  }

  private void answer(RoutingContext context, FileHeaders found) {
    HttpServerResponse response = context.response();
    if (Exchange.conditional(context).isUnchanged().test(found.key())) {
      found.set(response.setStatusCode(304).headers());
      var unused = response.end();
      return;
    }
    ByteRange range = found.range(context.request());
    if (range.isOutside()) {
      response.putHeader("Content-Range", range.contentRange(found.file().bytes()));
      response.putHeader("Accept-Ranges", "bytes");
      ProblemResponse.write(
          context, ProblemMappers.problems(context).of(ProblemType.RANGE_NOT_SATISFIABLE));
      return;
    }
    if (HeadRequest.is(context)) {
      found.set(response.setStatusCode(range.status()).headers(), range);
      var unused = response.end();
      return;
    }
    send(context, found, range);
  }

  /** Everything that can refuse the request does so before the first byte. */
  private void send(RoutingContext context, FileHeaders found, ByteRange range) {
    RequestAccount account = Exchange.of(context).account();
    Runnable place;
    try {
      place = places.take(account.caller());
    } catch (TooManyAtOnceException | OverloadedException e) {
      fail(context, e);
      return;
    }
    long price = FilePrice.units(range.length());
    Uni<Path> path =
        account
            .payForFile(price)
            .chain(
                () ->
                    shelf
                        .intact(found.release(), found.file())
                        .onFailure()
                        .invoke(() -> account.refundFile(price, 0)));
    var unused =
        path.subscribe()
            .with(
                file -> send(context, found, range, file, place),
                failure -> {
                  place.run();
                  fail(context, failure);
                });
  }

  private void send(
      RoutingContext context, FileHeaders found, ByteRange range, Path file, Runnable place) {
    HttpServerResponse response = context.response();
    RequestAccount account = Exchange.of(context).account();
    if (response.closed()) {
      place.run();
      account.refundFile(FilePrice.units(range.length()), 0);
      return;
    }
    found.set(response.setStatusCode(range.status()).headers(), range);
    FileProgress progress = FileProgress.watch(context, pace);
    response
        .sendFile(file.toString(), range.first(), range.length())
        .onComplete(
            sent -> {
              place.run();
              progress.end();
              if (sent.failed()) {
                Exchange.of(context).aborted();
                account.refundFile(
                    FilePrice.units(range.length()), FilePrice.units(progress.sent()));
                breakOff(context, sent.cause());
              }
            });
  }

  /** A file that was removed just now is not found before its headers are sent. */
  private static void breakOff(RoutingContext context, Throwable failure) {
    if (context.response().headWritten()) {
      var unused = context.request().connection().close();
    } else {
      context.response().headers().clear();
      fail(context, new DataUnavailableException(DataUnavailableException.Part.RELEASE, failure));
    }
  }

  private static void fail(RoutingContext context, Throwable failure) {
    Problems problems = ProblemMappers.problems(context);
    if (failure instanceof UnknownFileException unknown) {
      ProblemResponse.write(context, unknown.problem(problems));
    } else if (failure instanceof QuestionException malformed) {
      ProblemResponse.write(context, problems.of(malformed));
    } else if (failure instanceof QuotaExceededException exceeded) {
      ProblemResponse.write(context, problems.of(exceeded.grant()));
    } else {
      Exchange.of(context).account().noted(failure);
      if (!(failure instanceof OverloadedException || failure instanceof TooManyAtOnceException)) {
        FailureLog.failed(RequestId.of(context), failure);
      }
      ProblemResponse.write(
          context,
          failure instanceof ReplacedException
              ? problems.of(ProblemType.RELEASE_NOT_SERVED)
              : problems.of(failure));
    }
  }
}
