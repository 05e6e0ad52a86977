package fr.opendamir.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Label;
import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresentedKeyTest {
  /** With the right checksums, which tell a key from a token of somebody else. */
  private static final String KEY = "odk_000000000000000000000000000000002b11Cm";

  private static PresentedKey of(String... namesAndValues) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return PresentedKey.of(headers);
  }

  @Test
  void nothingIsPresentedWhereNothingIsSent() {
    assertThat(of("Accept", "*/*").key()).isEmpty();
    assertThat(of("Accept", "*/*").refusal()).isEmpty();
  }

  /** Whoever sends a header for a key meant to be somebody. */
  @Test
  void anEmptyHeaderIsRefusedAsWhatItIs() {
    for (PresentedKey blank :
        new PresentedKey[] {
          of("X-API-Key", ""),
          of("X-API-Key", "  "),
          of("Authorization", ""),
          of("Authorization", " ", "X-API-Key", " "),
        }) {
      assertThat(blank.key()).isEmpty();
      assertThat(blank.refusal().get().en()).contains("is empty");
    }
    assertThat(of("X-API-Key", " ", "Authorization", "Bearer odk_a").key()).contains("odk_a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic dXNlcjpwYXNz",
        "basic dXNlcjpwYXNz",
        "Digest username=\"a\", realm=\"b\"",
        "Negotiate YII=",
        "NTLM TlRM",
        "AWS4-HMAC-SHA256 Credential=a, Signature=b",
        "Token x",
        "Bearer",
        "Bearer ",
        "Bearer eyJhbGciOiJIUzI1NiJ9.e30.ZRrHA1JJJW8opsbCGfG",
        "nonsense",
        "",
      })
  void aKeyByNameWorksWhateverElseIsAuthorized(String authorization) {
    assertThat(of("X-API-Key", "odk_a", "Authorization", authorization).key()).contains("odk_a");
    assertThat(of("Authorization", authorization, "x-api-key", " odk_a ").key()).contains("odk_a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer odk_a", "bearer odk_a", "BEARER   odk_a ", "Basic x, Bearer odk_a"})
  void aBearerIsAKey(String authorization) {
    assertThat(of("Authorization", authorization).key()).contains("odk_a");
    assertThat(of("Authorization", "Basic x", "Authorization", authorization).key())
        .contains("odk_a");
    assertThat(of("Authorization", authorization, "X-API-Key", "odk_a").key()).contains("odk_a");
  }

  @Test
  void aBearerThatIsNoKeyIsPresentedAndRefusedAsOne() {
    assertThat(of("Authorization", "Bearer eyJhbGciOiJIUzI1NiJ9").key())
        .contains("eyJhbGciOiJIUzI1NiJ9");
  }

  @Test
  void twoKeysAreOneTooMany() {
    assertThat(of("X-API-Key", "odk_b", "Authorization", "Bearer " + KEY).refusal().map(Label::en))
        .hasValueSatisfying(reason -> assertThat(reason).contains("two different keys"));
    assertThat(of("X-API-Key", "odk_b", "X-API-Key", "odk_c").refusal()).isPresent();
    assertThat(of("Authorization", "Bearer a", "Authorization", "Bearer b").refusal()).isPresent();
    assertThat(of("X-API-Key", KEY, "Authorization", "Bearer " + KEY).key()).contains(KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic dTpw", "Digest username=\"a\"", "Negotiate YII=", "NTLM TlRM"})
  void credentialsOfOthersAloneAreRefusedWithTheReason(String authorization) {
    PresentedKey refused = of("Authorization", authorization);
    assertThat(refused.key()).isEmpty();
    String scheme = authorization.split(" ", 2)[0];
    assertThat(refused.refusal().get().fr()).contains(scheme, ".netrc", "--no-netrc", "X-API-Key");
    assertThat(refused.refusal().get().en()).contains(scheme, ".netrc", "--no-netrc", "X-API-Key");
    assertThat(refused.refusal().get().en()).doesNotContain("dTpw", "YII=", "TlRM");
  }

  @Test
  void whatElseIsNoKeyIsRefusedAndNeverRepeatedWhereItMayBeASecret() {
    assertThat(of("Authorization", "Bearer").refusal().get().en()).contains("followed by no key");
    assertThat(of("Authorization", "bearer  ").refusal().get().en()).contains("followed by no key");
    assertThat(of("Authorization", KEY).refusal().get().en())
        .contains("after Bearer")
        .doesNotContain(KEY);
    assertThat(of("Authorization", "Token abc").refusal().get().en())
        .contains("Token")
        .doesNotContain("abc");
    assertThat(of("Authorization", "hunter2!hunter2!").refusal().get().en())
        .doesNotContain("hunter2");
  }
}
