package fr.opendamir.api.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import fr.opendamir.api.http.JsonBody;

/**
 * A JSON-RPC 2.0 message of a client.
 *
 * @param id a text or a whole number, to be sent back as it is; missing for a notification
 * @param method empty for an answer of the client, which is read and ignored
 * @param params an object; missing if there are none
 */
record RpcMessage(JsonNode id, String method, JsonNode params) {
  /**
   * Reads a message.
   *
   * @throws RpcException if it is no JSON, or no message. Batches are refused: the protocol has
   *     none since 2025-06-18, and each call has a price of its own
   */
  static RpcMessage read(String body) {
    JsonNode sent;
    try {
      sent = JsonBody.STRICT.readTree(body == null ? "" : body);
    } catch (JsonProcessingException | NumberFormatException e) {
      throw new RpcException(RpcException.PARSE_ERROR, "the body is not valid JSON");
    }
    if (sent.isMissingNode()) {
      throw new RpcException(RpcException.PARSE_ERROR, "the body is empty");
    }
    if (sent.isArray()) {
      throw invalid("batches are not supported: send one message a request");
    }
    if (!sent.isObject() || !"2.0".equals(sent.path("jsonrpc").textValue())) {
      throw invalid("the body must be a JSON object with \"jsonrpc\": \"2.0\"");
    }
    JsonNode id = sent.path("id");
    if (!id.isMissingNode() && !id.isTextual() && !id.isIntegralNumber()) {
      throw invalid("id must be a string or a whole number");
    }
    if (!sent.has("method") && (sent.has("result") || sent.has("error"))) {
      return new RpcMessage(MissingNode.getInstance(), "", MissingNode.getInstance());
    }
    if (!sent.path("method").isTextual()) {
      throw invalid("method must be a string");
    }
    JsonNode params =
        sent.path("params").isNull() ? MissingNode.getInstance() : sent.path("params");
    if (!params.isMissingNode() && !params.isObject()) {
      throw new RpcException(RpcException.INVALID_PARAMS, "params must be an object");
    }
    return new RpcMessage(id, sent.path("method").textValue(), params);
  }

  /** Whether the client waits for a result. */
  boolean isRequest() {
    return !id.isMissingNode();
  }

  /** The id to send back for messages that have none. */
  static JsonNode noId() {
    return NullNode.getInstance();
  }

  private static RpcException invalid(String message) {
    return new RpcException(RpcException.INVALID_REQUEST, message);
  }
}
