package fr.opendamir.api.graphql;

import static java.nio.charset.StandardCharsets.US_ASCII;

import fr.opendamir.access.PolicyStanding;
import fr.opendamir.answer.EncodedAnswer;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Writes {@code extensions.cost.throttleStatus}, the state of the caller's burst policy. Inserted
 * into finished bodies, because those are shared by all callers.
 */
final class ThrottleStatus {
  /** The closing braces of a body with a cost: of cost, extensions, and the body. */
  private static final String END = "}}}";

  private static final int DECIMALS = 3;

  private ThrottleStatus() {}

  /** Inserts the status into a body with a cost; returns other bodies unchanged. */
  static Buffer in(Buffer body, PolicyStanding burst) {
    int start = body.length() - END.length();
    return start < 0 || !body.getString(start, body.length()).equals(END)
        ? body
        : Buffer.buffer(body.length() + 128)
            .appendBuffer(body.slice(0, start))
            .appendBuffer(Buffer.buffer(end(burst)));
  }

  /**
   * The body of an answer with the status, if it has a cost.
   *
   * @param compressed whether to return the body compressed with gzip
   */
  static byte[] in(EncodedAnswer answer, PolicyStanding burst, boolean compressed) {
    return answer.body(compressed, END.getBytes(US_ASCII), end(burst));
  }

  /** The end of a body with the status. */
  private static byte[] end(PolicyStanding burst) {
    return (",\"throttleStatus\":{\"maximumAvailable\":"
            + burst.quota()
            + ",\"currentlyAvailable\":"
            + burst.remaining()
            + ",\"restoreRate\":"
            + rate(burst)
            + "}"
            + END)
        .getBytes(US_ASCII);
  }

  /**
   * The restore rate in units per second, averaged over a window. Units are restored all at once,
   * at the end of the window.
   */
  private static String rate(PolicyStanding burst) {
    return BigDecimal.valueOf(burst.quota())
        .divide(BigDecimal.valueOf(burst.windowSeconds()), DECIMALS, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
