package fr.opendamir.api.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hashes of documents in requests, and the texts that are kept for them. */
class PersistedDocumentsTest {
  private static final String TEXT = "{limits{maxDepth}} # é";

  /** {@code printf '{limits{maxDepth}} # é' | sha256sum}. */
  private static final String HASH =
      "2517827fde6264b32a2c31e5263c834825f79d7eca90976e9f08f2f80bc52384";

  private static final GraphqlConfig CONFIG =
      new SmallRyeConfigBuilder()
          .withMapping(GraphqlConfig.class)
          .build()
          .getConfigMapping(GraphqlConfig.class);

  private final PersistedDocuments documents = new PersistedDocuments(new TrustedDocuments(CONFIG));

  @Test
  void whatWasSentWithItsHashIsFoundByItsHash() {
    assertThat(refusal(alone(HASH))).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
    documents.keep(request(TEXT, HASH));
    assertThat(documents.text(alone(HASH))).isEqualTo(TEXT);
    assertThat(documents.text(request(TEXT, HASH))).isEqualTo(TEXT);
  }

  @Test
  void textsWithoutAHashAreNotKept() {
    documents.keep(
        new GraphqlRequest(
            Optional.of(TEXT), Optional.empty(), Optional.empty(), Optional.empty(), Map.of()));
    assertThat(documents.weight()).isZero();
    assertThat(refusal(alone(HASH))).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
  }

  @Test
  void trustedDocumentsAreKnownByTheirHashFromTheStart() {
    String example = TrustedDocuments.example("spending-by-region.graphql");
    assertThat(documents.text(alone(PersistedQuery.hash(example)))).isEqualTo(example);
  }

  /** However many documents strangers send, long or short, what is kept of them has a bound. */
  @Test
  void whatIsKeptIsBounded() {
    for (int i = 0; i < 50_000; i++) {
      String text = "{a%d:limits{maxDepth}}".formatted(i);
      documents.keep(request(text, PersistedQuery.hash(text)));
    }
    for (int i = 0; i < 100; i++) {
      String text = "{limits{maxDepth}} #" + i + " ".repeat(CONFIG.maxBodyBytes() - 100);
      documents.keep(request(text, PersistedQuery.hash(text)));
    }
    assertThat(documents.weight())
        .isPositive()
        .isLessThanOrEqualTo(PersistedDocuments.MOST_CHARACTERS);
  }

  /** A document that many ask for is not driven out by as many others as one likes to send. */
  @Test
  void whatIsAskedForStaysWhileOthersAreSent() {
    documents.keep(request(TEXT, HASH));
    for (int i = 0; i < 50_000; i++) {
      String text = "{a%d:limits{maxDepth}}".formatted(i);
      documents.keep(request(text, PersistedQuery.hash(text)));
      if (i % 10 == 0) {
        assertThat(documents.text(alone(HASH))).isEqualTo(TEXT);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'version':1,'sha256Hash':'%s'} | ",
        "{'version':1,'sha256Hash':'%s','more':1} | ",
        "null | document_missing",
        "{} | malformed_value",
        "[] | malformed_value",
        "'%s' | malformed_value",
        "{'sha256Hash':'%s'} | malformed_value",
        "{'version':'1','sha256Hash':'%s'} | malformed_value",
        "{'version':1.5,'sha256Hash':'%s'} | malformed_value",
        "{'version':2,'sha256Hash':'%s'} | unsupported_version",
        "{'version':1} | malformed_value",
        "{'version':1,'sha256Hash':null} | malformed_value",
        "{'version':1,'sha256Hash':1} | malformed_value",
        "{'version':1,'sha256Hash':''} | malformed_value",
        "{'version':1,'sha256Hash':'%s0'} | malformed_value",
        "{'version':1,'sha256Hash':'../%s'} | malformed_value",
      },
      quoteCharacter = '`')
  void theExtensionHasOneForm(String pattern, String code) {
    String extensions = "{\"persistedQuery\":" + pattern.formatted(HASH).replace('\'', '"') + "}";
    for (boolean isBody : new boolean[] {true, false}) {
      if (code == null) {
        assertThat(read(isBody, extensions).persisted()).contains(new PersistedQuery(HASH));
      } else {
        RefusedRequestException refused =
            catchThrowableOfType(RefusedRequestException.class, () -> read(isBody, extensions));
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.type().status()).isEqualTo(400);
        assertThat(refused.detail().fr()).isNotEqualTo(refused.detail().en());
      }
    }
  }

  @Test
  void upperCaseHashesAreRefused() {
    assertThat(refusalOf("{a}", PersistedQuery.hash("{a}").toUpperCase(Locale.ROOT)))
        .isEqualTo("malformed_value");
  }

  @Test
  void aHashOfAnotherTextIsRefused() {
    assertThat(refusalOf(TEXT + " ", HASH)).isEqualTo("hash_mismatch");
    assertThat(refusalOf("", HASH)).isEqualTo("hash_mismatch");
    assertThat(refusalOf(TEXT.replace('é', 'e'), HASH)).isEqualTo("hash_mismatch");
  }

  private static GraphqlRequest read(boolean isBody, String extensions) {
    return isBody
        ? GraphqlRequestReader.ofBody("{\"extensions\":" + extensions + "}")
        : GraphqlRequestReader.ofAddress(
            MultiMap.caseInsensitiveMultiMap().add("extensions", extensions));
  }

  private static GraphqlRequest alone(String hash) {
    return GraphqlRequestReader.ofAddress(
        MultiMap.caseInsensitiveMultiMap().add("extensions", extensions(hash)));
  }

  private static GraphqlRequest request(String text, String hash) {
    return GraphqlRequestReader.ofAddress(
        MultiMap.caseInsensitiveMultiMap().add("query", text).add("extensions", extensions(hash)));
  }

  private static String extensions(String hash) {
    return "{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"" + hash + "\"}}";
  }

  private static String refusalOf(String text, String hash) {
    return catchThrowableOfType(RefusedRequestException.class, () -> request(text, hash)).code();
  }

  private String refusal(GraphqlRequest request) {
    return catchThrowableOfType(RefusedRequestException.class, () -> documents.text(request))
        .code();
  }
}
