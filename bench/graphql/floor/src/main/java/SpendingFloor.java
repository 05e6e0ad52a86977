import io.smallrye.common.annotation.NonBlocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Query;

/**
 * The floor of a cached answer by POST: the nodes that the service answered once, held in memory
 * and executed by SmallRye GraphQL for every request, with nothing besides.
 *
 * <p>Reads the service's answer from the file named by {@code floor.answer}, so that both give the
 * same data. Not blocking, for nothing here waits.
 */
@GraphQLApi
@ApplicationScoped
public class SpendingFloor {
  /** A code of a dimension. */
  public record Code(String code) {}

  /** A row. */
  public record Node(Code region, Code ageBand, BigDecimal reimbursed, BigDecimal charged) {}

  /** What is asked for. */
  public record Spending(int totalCount, List<Node> nodes) {}

  private final List<Node> nodes;

  SpendingFloor(@ConfigProperty(name = "floor.answer") String answer) throws IOException {
    try (InputStream in = Files.newInputStream(Path.of(answer));
        JsonReader reader = Json.createReader(in)) {
      nodes =
          reader
              .readObject()
              .getJsonObject("data")
              .getJsonObject("spending")
              .getJsonArray("nodes")
              .getValuesAs(JsonObject.class)
              .stream()
              .map(SpendingFloor::node)
              .toList();
    }
  }

  private static Node node(JsonObject node) {
    return new Node(
        new Code(node.getJsonObject("region").getString("code")),
        new Code(node.getJsonObject("ageBand").getString("code")),
        node.getJsonNumber("reimbursed").bigDecimalValue(),
        node.getJsonNumber("charged").bigDecimalValue());
  }

  @Query
  @NonBlocking
  @Description("The rows in memory, as many as asked for.")
  public Spending spending(@DefaultValue("100") int first) {
    return new Spending(nodes.size(), nodes.subList(0, Math.min(first, nodes.size())));
  }
}
