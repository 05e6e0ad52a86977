package fr.opendamir.api.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;

/** JSON of clients that doors read by themselves: its content type, and how it is parsed. */
public final class JsonBody {
  private static final int MAX_NESTING = 20;
  private static final int MAX_DIGITS = 64;

  /** Refuses deep nesting, long numbers, duplicate members and what follows the value. */
  public static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_NESTING)
                          .maxNumberLength(MAX_DIGITS)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonBody() {}

  /** Whether the body of a request is declared as JSON in UTF-8. */
  public static boolean isIn(RoutingContext context) {
    MIMEHeader type = context.parsedHeaders().contentType();
    String charset = type.parameter("charset"); // first: it parses the header
    return type.component().equalsIgnoreCase("application")
        && type.subComponent().equalsIgnoreCase("json")
        && (charset == null || charset.replace("\"", "").equalsIgnoreCase("utf-8"));
  }
}
