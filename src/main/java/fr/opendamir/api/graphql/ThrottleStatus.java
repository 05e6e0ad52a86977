package fr.opendamir.api.graphql;

import fr.opendamir.access.PolicyStanding;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * {@code extensions.cost.throttleStatus}: how the caller's burst policy stands. Written into bodies
 * that are ready, since those are the same for all callers.
 */
final class ThrottleStatus {
  /** How a body with a cost ends: cost, extensions, and all of it. */
  private static final String END = "}}}";

  private static final int DECIMALS = 3;

  private ThrottleStatus() {}

  /** The body with the status, where it has a cost; else the body. */
  static Buffer in(Buffer body, PolicyStanding burst) {
    int start = body.length() - END.length();
    if (start < 0 || !body.getString(start, body.length()).equals(END)) {
      return body;
    }
    return Buffer.buffer(body.length() + 128)
        .appendBuffer(body.slice(0, start))
        .appendString(",\"throttleStatus\":{\"maximumAvailable\":")
        .appendString(Long.toString(burst.quota()))
        .appendString(",\"currentlyAvailable\":")
        .appendString(Long.toString(burst.remaining()))
        .appendString(",\"restoreRate\":")
        .appendString(rate(burst))
        .appendString("}")
        .appendString(END);
  }

  /** Units a second over a whole window; they come back together, when it ends. */
  private static String rate(PolicyStanding burst) {
    return BigDecimal.valueOf(burst.quota())
        .divide(BigDecimal.valueOf(burst.windowSeconds()), DECIMALS, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
