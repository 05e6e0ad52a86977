package fr.opendamir.api.rest;

import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.common.util.MediaTypeHelper;

/** The formats of an answer, the preferred one first. */
enum AnswerFormat {
  /** Also what browsers get, which ask for pages. */
  JSON("application/json", new MediaType("application", "json"), new MediaType("text", "html")),
  CSV("text/csv;charset=UTF-8", new MediaType("text", "csv")),
  NDJSON("application/x-ndjson", new MediaType("application", "x-ndjson")),
  /** Under a name of its own, which tells it from the JSON of the service. */
  JSON_STAT("application/vnd.json-stat+json", new MediaType("application", "vnd.json-stat+json"));

  private final String mediaType;
  private final MediaType type;
  private final List<MediaType> otherTypes;

  AnswerFormat(String mediaType, MediaType type, MediaType... otherTypes) {
    this.mediaType = mediaType;
    this.type = type;
    this.otherTypes = List.of(otherTypes);
  }

  /** The value of the parameter {@code format}. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether an answer is nothing but rows, and can be written while it is computed. */
  boolean isRowsOnly() {
    return this == CSV || this == NDJSON;
  }

  /** The {@code Content-Type} of an answer. */
  String mediaType() {
    return mediaType;
  }

  /**
   * Chooses the format of an answer: the one the parameter names, else the best of the header.
   *
   * @param formatParameter the value of {@code format} as sent; blank is as good as absent
   * @param acceptHeader the value of {@code Accept}; null where there is none
   * @return empty when the header accepts no format, or is not well formed
   * @throws QuestionException when the parameter names no format
   */
  static Optional<AnswerFormat> negotiate(Optional<String> formatParameter, String acceptHeader) {
    return negotiate(formatParameter, acceptHeader, List.of(values()));
  }

  /** The same, of some formats, the preferred one first. */
  static Optional<AnswerFormat> negotiate(
      Optional<String> formatParameter, String acceptHeader, List<AnswerFormat> offered) {
    Optional<String> asked = formatParameter.map(String::strip).filter(id -> !id.isEmpty());
    if (asked.isPresent()) {
      return Optional.of(named(asked.get(), offered));
    }
    if (acceptHeader == null || acceptHeader.isBlank()) {
      return Optional.of(offered.get(0));
    }
    return best(acceptHeader, offered);
  }

  private static AnswerFormat named(String id, List<AnswerFormat> offered) {
    return offered.stream()
        .filter(format -> format.id().equalsIgnoreCase(id))
        .findFirst()
        .orElseThrow(
            () ->
                new QuestionException(
                    QuestionException.Reason.MALFORMED,
                    List.of(
                        QuestionError.unknownValue(
                            "format", id, offered.stream().map(AnswerFormat::id).toList()))));
  }

  private static Optional<AnswerFormat> best(String acceptHeader, List<AnswerFormat> offered) {
    try {
      List<MediaType> ranges = MediaTypeHelper.parseHeader(acceptHeader);
      return offered.stream()
          .flatMap(format -> format.match(ranges))
          .filter(match -> match.quality() > 0)
          .max(Match.BY_QUALITY)
          .map(Match::format);
    } catch (IllegalArgumentException | WebApplicationException e) {
      return Optional.empty(); // not a list of media types, or a quality that is no number
    }
  }

  /** What the header says of this format: its most specific range counts, as RFC 9110 asks. */
  private Stream<Match> match(List<MediaType> ranges) {
    return IntStream.range(0, ranges.size())
        .filter(i -> accepts(ranges.get(i)))
        .mapToObj(i -> new Match(this, quality(ranges.get(i)), specificity(ranges.get(i)), i))
        .max(Comparator.comparingInt(Match::specificity).thenComparing(Match.BY_QUALITY))
        .stream();
  }

  /** Other types are matched by themselves only: {@code text/*} means CSV, not the browser. */
  private boolean accepts(MediaType range) {
    return range.isCompatible(type) || otherTypes.stream().anyMatch(other -> same(range, other));
  }

  private static boolean same(MediaType range, MediaType other) {
    return specificity(range) == 2 && range.isCompatible(other);
  }

  private static int specificity(MediaType range) {
    if (range.isWildcardType()) {
      return 0;
    }
    return range.isWildcardSubtype() ? 1 : 2;
  }

  /** The library says 2 where no quality is given, to put that before {@code q=1}. */
  private static float quality(MediaType range) {
    return Math.min(1, MediaTypeHelper.getQWithParamInfo(range));
  }

  /**
   * A format that the header names.
   *
   * @param quality 0 (refused) to 1
   * @param specificity 0 for any type, 1 for any subtype, 2 for a type in full
   * @param position of the range in the header
   */
  private record Match(AnswerFormat format, float quality, int specificity, int position) {
    static final Comparator<Match> BY_QUALITY =
        Comparator.comparingDouble(Match::quality)
            .thenComparingInt(Match::specificity)
            .thenComparing(Comparator.comparingInt(Match::position).reversed())
            .thenComparing(Match::format, Comparator.reverseOrder());
  }
}
