package fr.opendamir.api.graphql;

import fr.opendamir.api.http.DoorLimits;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/** Publishes the limits on documents. */
@ApplicationScoped
class GraphqlLimits implements DoorLimits {
  private final GraphqlConfig config;

  GraphqlLimits(GraphqlConfig config) {
    this.config = config;
  }

  @Override
  public String door() {
    return "graphql";
  }

  @Override
  public Map<String, Long> limits() {
    Map<String, Long> limits = new LinkedHashMap<>();
    limits.put("max_depth", (long) config.maxDepth());
    limits.put("max_root_fields", (long) config.maxRootFields());
    limits.put("max_aliases", (long) config.maxAliases());
    limits.put("max_fields", (long) config.maxFields());
    limits.put("max_tokens", (long) config.maxTokens());
    limits.put("max_body_bytes", (long) config.maxBodyBytes());
    limits.put("max_answer_bytes", (long) config.maxAnswerBytes());
    return limits;
  }
}
