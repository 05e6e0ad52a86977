package fr.opendamir.api.rest;

import static fr.opendamir.api.rest.ContractSchemas.text;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * The headers of answers, each documented once. Those that are required are always sent where they
 * are documented; others are not with dry runs, not where callers are not limited, or not where a
 * shared cache is between.
 */
final class ContractHeaders {
  private ContractHeaders() {}

  static void addTo(Components components) {
    addOptional(
        components, "ETag", "Strong tag of the answer, for If-None-Match; dry runs have none");
    addOptional(components, "Last-Modified", "When the release was published");
    add(
        components,
        "Cache-Control",
        "Five minutes for the newest release; immutable where the question names its release;"
            + " no-store for dry runs");
    addOptional(components, "Vary", "What else the answer depends on");
    addOptional(components, "X-Release", "The release that the figures come from");
    addOptional(
        components, "Link", "Licence (license), description (describedby), next page (next)");
    addOptional(components, "Content-Location", "The address of the same question");
    add(components, "Retry-After", "Seconds to wait before trying again");
    add(components, "WWW-Authenticate", "How a key is presented");
    addOptional(
        components,
        "RateLimit-Policy",
        "Allowances, as draft-ietf-httpapi-ratelimit-headers has them: quota and window in seconds"
            + " of burst and daily (units) where the answer has a price, of requests where it is"
            + " free");
    addOptional(
        components,
        "RateLimit",
        "Of the same allowances, what is left, and in how many seconds all of it is there again");
    addOptional(components, "X-RateLimit-Limit", "Quota of the one that is nearest to its end");
    addOptional(components, "X-RateLimit-Remaining", "What is left of it");
    addOptional(components, "X-RateLimit-Reset", "Seconds until all of it is there again");
    addOptional(
        components,
        "X-Request-Id",
        "The id of the request, as sent or given; as RateLimit not in answers that a shared cache"
            + " between may keep");
  }

  /** Headers of everything that readers and caches may keep. */
  static void addCaching(APIResponse response) {
    use(response, "ETag");
    use(response, "Last-Modified");
    use(response, "Cache-Control");
    use(response, "Vary");
    addRequestId(response);
  }

  /** Headers that tell what rectangular formats have no room for. */
  static void addDescription(APIResponse response) {
    use(response, "X-Release");
    use(response, "Link");
  }

  static void addVary(APIResponse response) {
    use(response, "Vary");
  }

  static void addContentLocation(APIResponse response) {
    use(response, "Content-Location");
  }

  static void addRetryAfter(APIResponse response) {
    use(response, "Retry-After");
  }

  static void addChallenge(APIResponse response) {
    use(response, "WWW-Authenticate");
  }

  /** How the caller's allowances stand. */
  static void addLimits(APIResponse response) {
    use(response, "RateLimit-Policy");
    use(response, "RateLimit");
    use(response, "X-RateLimit-Limit");
    use(response, "X-RateLimit-Remaining");
    use(response, "X-RateLimit-Reset");
  }

  static void addRequestId(APIResponse response) {
    use(response, "X-Request-Id");
  }

  private static void use(APIResponse response, String name) {
    response.addHeader(name, OASFactory.createHeader().ref(name));
  }

  private static void add(Components components, String name, String description) {
    components.addHeader(name, header(description).required(true));
  }

  private static void addOptional(Components components, String name, String description) {
    components.addHeader(name, header(description));
  }

  private static Header header(String description) {
    return OASFactory.createHeader().description(description).schema(text(null));
  }
}
