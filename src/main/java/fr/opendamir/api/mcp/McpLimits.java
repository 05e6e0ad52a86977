package fr.opendamir.api.mcp;

import fr.opendamir.api.http.DoorLimits;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/** Publishes the limits of messages and of the answers of tools. */
@ApplicationScoped
class McpLimits implements DoorLimits {
  private final McpConfig config;

  McpLimits(McpConfig config) {
    this.config = config;
  }

  @Override
  public String door() {
    return "mcp";
  }

  @Override
  public Map<String, Long> limits() {
    Map<String, Long> limits = new LinkedHashMap<>();
    limits.put("max_body_bytes", McpRoute.MOST_BYTES);
    limits.put("max_answer_bytes", (long) config.maxAnswerBytes());
    limits.put("max_rows", (long) SpendingQuestion.MOST_ROWS);
    limits.put("max_searches", (long) FindCodesTool.MOST_SEARCHES);
    limits.put("max_codes_of_level", (long) FindCodesTool.MOST_OF_LEVEL);
    return limits;
  }
}
