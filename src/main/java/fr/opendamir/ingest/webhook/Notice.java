package fr.opendamir.ingest.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What subscribers are told of a release, and its signature by <a
 * href="https://www.standardwebhooks.com">Standard Webhooks</a>: HMAC-SHA-256 of {@code
 * id.timestamp.body}.
 *
 * @param id the same in every attempt and at every address, so that a repetition can be recognised
 * @param body JSON
 */
record Notice(String id, String body) {
  static final String ALGORITHM = "HmacSHA256";
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Creates the notice of a release.
   *
   * @param months the months that were published with it, {@code 2024-01}
   */
  static Notice of(String release, List<String> months, Instant at) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("release", release);
    data.put("months", months);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "release.published");
    body.put("timestamp", at.toString());
    body.put("data", data);
    try {
      return new Notice("release_" + release, JSON.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map can be written", e);
    }
  }

  /**
   * The value of the header {@code webhook-signature}.
   *
   * @param seconds of the attempt, since 1970
   */
  String signature(SecretKeySpec key, long seconds) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] signed = mac.doFinal("%s.%d.%s".formatted(id, seconds, body).getBytes(UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(signed);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }
}
