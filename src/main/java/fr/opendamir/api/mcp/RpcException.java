package fr.opendamir.api.mcp;

/** Thrown for a message that gets a JSON-RPC error instead of a result. */
final class RpcException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  static final int PARSE_ERROR = -32700;
  static final int INVALID_REQUEST = -32600;
  static final int METHOD_NOT_FOUND = -32601;
  static final int INVALID_PARAMS = -32602;
  static final int INTERNAL_ERROR = -32603;

  /** Of the protocol, not of JSON-RPC. */
  static final int RESOURCE_NOT_FOUND = -32002;

  private final int code;

  RpcException(int code, String message) {
    super(message);
    this.code = code;
  }

  /** One of the codes above. */
  int code() {
    return code;
  }
}
