package fr.opendamir.api.graphql;

import fr.opendamir.access.PolicyStanding;
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
