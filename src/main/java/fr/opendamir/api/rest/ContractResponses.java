package fr.opendamir.api.rest;

import static fr.opendamir.api.rest.ContractSchemas.always;
import static fr.opendamir.api.rest.ContractSchemas.count;
import static fr.opendamir.api.rest.ContractSchemas.list;
import static fr.opendamir.api.rest.ContractSchemas.object;
import static fr.opendamir.api.rest.ContractSchemas.ref;
import static fr.opendamir.api.rest.ContractSchemas.sometimes;
import static fr.opendamir.api.rest.ContractSchemas.text;

import fr.opendamir.api.http.ProblemMappers;
import fr.opendamir.api.http.ProblemType;
import fr.opendamir.catalog.Language;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** The answers that operations share: what is known already, and every kind of refusal. */
final class ContractResponses {
  /** The shared responses by status. */
  private static final Map<Integer, String> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put(304, "NotModified");
    NAMES.put(400, "Malformed");
    NAMES.put(401, "KeyRefused");
    NAMES.put(404, "NotFound");
    NAMES.put(406, "NotAcceptable");
    NAMES.put(413, "TooLarge");
    NAMES.put(414, "AddressTooLong");
    NAMES.put(415, "UnsupportedMediaType");
    NAMES.put(422, "Impossible");
    NAMES.put(429, "TooMany");
    NAMES.put(503, "Unavailable");
  }

  private ContractResponses() {}

  /** Adds the responses of some statuses, which replace any documented otherwise. */
  static void add(Operation operation, List<Integer> statuses) {
    for (int status : statuses) {
      operation
          .getResponses()
          .addAPIResponse(
              String.valueOf(status), OASFactory.createAPIResponse().ref(NAMES.get(status)));
    }
  }

  static void addTo(Components components) {
    components.addSchema("Problem", problem()).addSchema("ProblemItem", item());
    components.addSchema("SmallerQuestion", smallerQuestion());
    components.addResponse(NAMES.get(304), notModified());
    for (int status : List.of(400, 401, 404, 406, 413, 414, 415, 422, 429, 503)) {
      components.addResponse(NAMES.get(status), refusal(status));
    }
  }

  private static APIResponse notModified() {
    APIResponse response =
        OASFactory.createAPIResponse()
            .description("If-None-Match or If-Modified-Since names the answer; no body");
    ContractHeaders.addCaching(response);
    ContractHeaders.addLimits(response);
    return response;
  }

  private static APIResponse refusal(int status) {
    MediaType content = OASFactory.createMediaType().schema(ref("Problem"));
    List<String> descriptions = new ArrayList<>();
    for (ProblemType type : ProblemType.values()) {
      if (type.status() == status && !type.isOfGraphql()) {
        descriptions.add(type.description().in(Language.EN));
        content.addExample(
            type.slug(), OASFactory.createExample().value(ContractExamples.problem(type)));
      }
    }
    APIResponse response =
        OASFactory.createAPIResponse()
            .description(String.join(" Or: ", descriptions))
            .content(OASFactory.createContent().addMediaType(ProblemMappers.MEDIA_TYPE, content));
    ContractHeaders.addRequestId(response);
    if (status == 503 || status == 429) {
      ContractHeaders.addRetryAfter(response);
    }
    if (status == 401) {
      ContractHeaders.addChallenge(response);
    }
    if (status != 414) { // known before the caller is
      ContractHeaders.addLimits(response);
    }
    return response;
  }

  private static Schema problem() {
    Schema problem = object("A problem (RFC 9457)");
    always(problem, "type", text("The address of its description").format("uri-reference"));
    always(problem, "title", text("What kind of problem"));
    always(problem, "status", count("The status of the response"));
    always(problem, "detail", text("What is wrong, in the language of the request"));
    always(problem, "instance", text("The path of the request").format("uri-reference"));
    sometimes(problem, "errors", list("Everything that is wrong", ref("ProblemItem")));
    always(problem, "request_id", text("The X-Request-Id of the response"));
    sometimes(problem, "scanned_rows", count("Rows that a question too large would scan"));
    sometimes(problem, "max_scanned_rows", count("Rows that a question may scan"));
    sometimes(
        problem,
        "violated-policies",
        list("Allowances that do not suffice", text("burst, daily or requests")));
    sometimes(problem, "suggestions", list("Smaller questions that work", ref("SmallerQuestion")));
    return problem;
  }

  private static Schema smallerQuestion() {
    Schema question = object("A smaller question near one that is too large");
    always(question, "change", text("What it leaves out or adds"));
    always(question, "href", text("Its address").format("uri-reference"));
    return question;
  }

  private static Schema item() {
    Schema item = object("One thing that is wrong");
    always(item, "parameter", text("The parameter; body where it is no JSON object"));
    always(item, "detail", text("What is wrong"));
    always(item, "code", text("What is wrong, for programs"));
    sometimes(item, "did_you_mean", list("Valid values that come near", text("A value")));
    return item;
  }
}
