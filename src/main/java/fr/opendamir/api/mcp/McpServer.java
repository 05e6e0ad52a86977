package fr.opendamir.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.opendamir.answer.AnswerRequest;
import fr.opendamir.api.http.Problems;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.Suggestions;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The methods of the protocol. It keeps nothing of a client: every message stands for itself. */
@ApplicationScoped
class McpServer {
  /** Oldest first. All that this server uses of the protocol is the same in each of them. */
  static final List<String> VERSIONS = List.of("2025-03-26", "2025-06-18", "2025-11-25");

  private final Resources resources;
  private final String version;
  private final Map<String, Tool> tools;

  McpServer(
      @All List<Tool> tools,
      Resources resources,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.tools = tools.stream().collect(Collectors.toMap(Tool::name, Function.identity()));
    this.resources = resources;
    this.version = version;
  }

  /**
   * The result of a request.
   *
   * @return fails with {@link RpcException} if the request is not valid; what a tool refuses is a
   *     result
   */
  Uni<ObjectNode> answer(RpcMessage message, AnswerRequest request, Problems problems) {
    return message.method().equals("tools/call")
        ? call(message.params(), request, problems)
        : Uni.createFrom().item(() -> result(message));
  }

  private ObjectNode result(RpcMessage message) {
    return switch (message.method()) {
      case "initialize" -> initialize(message.params());
      case "ping" -> Json.object();
      case "tools/list" -> {
        ObjectNode list = Json.object();
        list.set("tools", Declarations.tools());
        yield list;
      }
      case "resources/list" -> resources.list();
      case "resources/templates/list" -> Resources.templates();
      case "resources/read" -> resources.read(required(message.params(), "uri"));
      default ->
          throw new RpcException(
              RpcException.METHOD_NOT_FOUND,
              "there is no method " + QuestionError.shown(message.method()));
    };
  }

  private ObjectNode initialize(JsonNode params) {
    String asked = params.path("protocolVersion").asText();
    ObjectNode result = Json.object();
    result.put(
        "protocolVersion", VERSIONS.contains(asked) ? asked : VERSIONS.get(VERSIONS.size() - 1));
    ObjectNode capabilities = result.putObject("capabilities");
    capabilities.putObject("tools");
    capabilities.putObject("resources");
    result
        .putObject("serverInfo")
        .put("name", "open-damir-api")
        .put("title", "Open DAMIR API")
        .put("version", version);
    result.put("instructions", Guide.text());
    return result;
  }

  private Uni<ObjectNode> call(JsonNode params, AnswerRequest request, Problems problems) {
    String name = required(params, "name");
    Tool tool = tools.get(name);
    if (tool == null) {
      throw new RpcException(
          RpcException.INVALID_PARAMS,
          "there is no tool %s; tools: %s%s"
              .formatted(
                  QuestionError.shown(name),
                  tools.keySet().stream().sorted().collect(Collectors.joining(", ")),
                  nearest(name)));
    }
    JsonNode arguments = params.path("arguments");
    if (arguments.isMissingNode() || arguments.isNull()) {
      arguments = Json.object();
    }
    if (!arguments.isObject()) {
      throw new RpcException(RpcException.INVALID_PARAMS, "arguments must be an object");
    }
    ToolCall call = new ToolCall(arguments, request);
    return Uni.createFrom()
        .deferred(() -> tool.call(call))
        .map(Json::result)
        .onFailure()
        .recoverWithItem(
            failure ->
                ToolFailures.result(
                    failure, problems.in(call.languageOfRefusals()), request.account()));
  }

  private String nearest(String name) {
    List<String> nearest = Suggestions.nearest(name, tools.keySet());
    return nearest.isEmpty() ? "" : "; did you mean " + String.join(", ", nearest) + "?";
  }

  private static String required(JsonNode params, String name) {
    JsonNode value = params.path(name);
    if (!value.isTextual()) {
      throw new RpcException(RpcException.INVALID_PARAMS, "params." + name + " must be a string");
    }
    return value.textValue();
  }
}
