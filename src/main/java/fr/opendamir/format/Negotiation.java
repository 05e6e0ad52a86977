package fr.opendamir.format;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.common.util.MediaTypeHelper;

/** Content negotiation by {@code Accept} (RFC 9110, section 12.5.1). */
public final class Negotiation {
  private Negotiation() {}

  /**
   * Selects the format that a request prefers.
   *
   * @param accept the header; null if absent
   * @param offered the preferred one first
   * @return the format; empty if the header accepts none of them or is malformed
   */
  public static Optional<AnswerFormat> best(String accept, List<AnswerFormat> offered) {
    return best(
        accept,
        offered,
        format ->
            Stream.concat(Stream.of(format.mediaType()), format.otherMediaTypes().stream())
                .toList(),
        range -> true);
  }

  /**
   * Selects what a request prefers among objects with media types.
   *
   * @param mediaTypes media types of an offer: its own, then others that match only if the header
   *     names them in full ({@code text/*} does not match an additional {@code text/html})
   * @param usable selects the media ranges of the header to consider
   */
  public static <T> Optional<T> best(
      String accept,
      List<T> offered,
      Function<T, List<String>> mediaTypes,
      Predicate<MediaType> usable) {
    if (accept == null || accept.isBlank()) {
      return Optional.of(offered.get(0));
    }
    try {
      List<MediaType> ranges = MediaTypeHelper.parseHeader(accept).stream().filter(usable).toList();
      return IntStream.range(0, offered.size())
          .boxed()
          .flatMap(
              i ->
                  match(
                      ranges,
                      mediaTypes.apply(offered.get(i)).stream().map(MediaType::valueOf).toList(),
                      i))
          .filter(match -> match.quality() > 0)
          .max(Match.BY_QUALITY)
          .map(match -> offered.get(match.offer()));
    } catch (IllegalArgumentException | WebApplicationException e) {
      return Optional.empty(); // not a list of media types, or a quality that is not a number
    }
  }

  /** Whether one element of the header is well formed. */
  public static boolean isMediaRange(String element) {
    try {
      MediaTypeHelper.parseHeader(element).forEach(Negotiation::quality);
      return true;
    } catch (IllegalArgumentException | WebApplicationException e) {
      return false;
    }
  }

  /** Matches an offer with the most specific media range that accepts it. */
  private static Stream<Match> match(List<MediaType> ranges, List<MediaType> types, int offer) {
    return IntStream.range(0, ranges.size())
        .filter(i -> accepts(ranges.get(i), types))
        .mapToObj(i -> new Match(offer, quality(ranges.get(i)), specificity(ranges.get(i)), i))
        .max(Comparator.comparingInt(Match::specificity).thenComparing(Match.BY_QUALITY))
        .stream();
  }

  private static boolean accepts(MediaType range, List<MediaType> types) {
    return range.isCompatible(types.get(0))
        || (specificity(range) == 2 && types.stream().anyMatch(range::isCompatible));
  }

  private static int specificity(MediaType range) {
    if (range.isWildcardType()) {
      return 0;
    }
    return range.isWildcardSubtype() ? 1 : 2;
  }

  /**
   * The quality of a media range. The library returns 2 if none is given, to sort it before {@code
   * q=1}.
   */
  private static float quality(MediaType range) {
    return Math.min(1, MediaTypeHelper.getQWithParamInfo(range));
  }

  /**
   * An offer that a media range matches.
   *
   * @param offer index of the offer
   * @param quality 0 (not acceptable) to 1
   * @param specificity 0 for any type, 1 for any subtype, 2 for a type in full
   * @param position index of the media range in the header
   */
  private record Match(int offer, float quality, int specificity, int position) {
    static final Comparator<Match> BY_QUALITY =
        Comparator.comparingDouble(Match::quality)
            .thenComparingInt(Match::specificity)
            .thenComparing(Comparator.comparingInt(Match::position).reversed())
            .thenComparing(Comparator.comparingInt(Match::offer).reversed());
  }
}
