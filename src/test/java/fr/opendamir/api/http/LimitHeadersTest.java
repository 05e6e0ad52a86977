package fr.opendamir.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.access.Grant;
import fr.opendamir.access.PolicyStanding;
import fr.opendamir.catalog.Language;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitHeadersTest {
  private static final List<PolicyStanding> POLICIES =
      List.of(
          new PolicyStanding("burst", 60, 60, 57, 41),
          new PolicyStanding("daily", 5000, 86400, 4710, 52100));

  @Test
  void policiesAreListsOfStructuredStrings() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    LimitHeaders.write(headers, new Grant(POLICIES, List.of()));
    assertThat(headers.get("RateLimit-Policy"))
        .isEqualTo("\"burst\";q=60;w=60, \"daily\";q=5000;w=86400");
    assertThat(headers.get("RateLimit")).isEqualTo("\"burst\";r=57;t=41, \"daily\";r=4710;t=52100");
    assertThat(headers.get("Retry-After")).isNull();
  }

  @Test
  void olderClientsHearOfThePolicyNearestToItsEnd() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    LimitHeaders.write(headers, POLICIES);
    assertThat(headers.get("X-RateLimit-Limit")).isEqualTo("5000");
    assertThat(headers.get("X-RateLimit-Remaining")).isEqualTo("4710");
    assertThat(headers.get("X-RateLimit-Reset")).isEqualTo("52100");
  }

  @Test
  void aRefusalIsNotToBeRetriedBeforeTheViolatedPolicyIsWhole() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    LimitHeaders.write(headers, new Grant(POLICIES, List.of("burst")));
    assertThat(headers.get("Retry-After")).isEqualTo("41");
    LimitHeaders.write(headers, new Grant(POLICIES, List.of("burst", "daily")));
    assertThat(headers.get("Retry-After")).isEqualTo("52100");
  }

  @Test
  void aRefusalIsAProblemOfTheRegister() {
    Problem problem =
        new Problems(Language.EN, "/v1/aggregates", "id").of(new Grant(POLICIES, List.of("burst")));
    assertThat(problem.type())
        .isEqualTo("https://iana.org/assignments/http-problem-types#quota-exceeded");
    assertThat(problem.status()).isEqualTo(429);
    assertThat(problem.extensions()).isEqualTo(Map.of("violated-policies", List.of("burst")));
    assertThat(ProblemType.find("quota-exceeded")).contains(ProblemType.QUOTA_EXCEEDED);
  }
}
