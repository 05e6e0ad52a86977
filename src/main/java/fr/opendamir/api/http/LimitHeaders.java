package fr.opendamir.api.http;

import fr.opendamir.access.Grant;
import fr.opendamir.access.PolicyStanding;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rate limit headers of responses: {@code RateLimit-Policy} and {@code RateLimit}
 * (draft-ietf-httpapi-ratelimit-headers), and {@code X-RateLimit-*} for older clients.
 */
public final class LimitHeaders {
  private static final CharSequence POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
  private static final CharSequence STATE = HttpHeaders.createOptimized("RateLimit");
  private static final CharSequence QUOTA = HttpHeaders.createOptimized("X-RateLimit-Limit");
  private static final CharSequence REMAINING =
      HttpHeaders.createOptimized("X-RateLimit-Remaining");
  private static final CharSequence RESET = HttpHeaders.createOptimized("X-RateLimit-Reset");

  /** The headers of a granted request. */
  static final List<String> NAMES =
      Stream.of(POLICY, STATE, QUOTA, REMAINING, RESET).map(CharSequence::toString).toList();

  private static final int POLICY_LENGTH = 32;

  private LimitHeaders() {}

  /** Writes the state of the policies, and {@code Retry-After} if one was violated. */
  public static void write(MultiMap headers, Grant grant) {
    write(headers, grant.policies());
    if (!grant.isGranted()) {
      headers.set("Retry-After", Long.toString(grant.retryAfterSeconds()));
    }
  }

  /** Writes the state of the policies. */
  public static void write(MultiMap headers, List<PolicyStanding> policies) {
    if (policies.isEmpty()) {
      return;
    }
    headers.set(POLICY, policy(policies));
    headers.set(STATE, limit(policies));
    PolicyStanding nearest = nearest(policies);
    headers.set(QUOTA, Long.toString(nearest.quota()));
    headers.set(REMAINING, Long.toString(nearest.remaining()));
    headers.set(RESET, Long.toString(nearest.resetSeconds()));
  }

  /** Formats {@code "burst";q=60;w=60, "daily";q=5000;w=86400}. */
  static String policy(List<PolicyStanding> policies) {
    StringBuilder text = new StringBuilder(POLICY_LENGTH * policies.size());
    for (PolicyStanding policy : policies) {
      name(text, policy);
      text.append(";q=").append(policy.quota()).append(";w=").append(policy.windowSeconds());
    }
    return text.toString();
  }

  /** Formats {@code "burst";r=57;t=41, "daily";r=4810;t=52100}. */
  static String limit(List<PolicyStanding> policies) {
    StringBuilder text = new StringBuilder(POLICY_LENGTH * policies.size());
    for (PolicyStanding policy : policies) {
      name(text, policy);
      text.append(";r=").append(policy.remaining()).append(";t=").append(policy.resetSeconds());
    }
    return text.toString();
  }

  /** The policy with the smallest remaining share. */
  static PolicyStanding nearest(List<PolicyStanding> policies) {
    PolicyStanding nearest = policies.get(0);
    for (PolicyStanding policy : policies) {
      if ((double) policy.remaining() / policy.quota()
          < (double) nearest.remaining() / nearest.quota()) {
        nearest = policy;
      }
    }
    return nearest;
  }

  private static void name(StringBuilder text, PolicyStanding policy) {
    if (!text.isEmpty()) {
      text.append(", ");
    }
    text.append('"').append(policy.name()).append('"');
  }
}
