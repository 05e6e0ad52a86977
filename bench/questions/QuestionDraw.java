import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Draws questions from what the service says it has, the same ones for the same seed and data, none
 * twice.
 *
 * <p>Codes are those that occur in the data: most of the listed ones do not occur in generated
 * months, and a question for them would be answered sooner than those of readers.
 */
final class QuestionDraw {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Random random;
  private final List<String> levels;
  private final List<String> measures;
  private final List<String> months;
  private final Map<String, List<String>> codes;
  private final Set<String> drawn = new HashSet<>();

  private QuestionDraw(
      long seed,
      List<String> levels,
      List<String> measures,
      List<String> months,
      Map<String, List<String>> codes) {
    this.random = new Random(seed);
    this.levels = levels;
    this.measures = measures;
    this.months = months;
    this.codes = codes;
  }

  static QuestionDraw from(HttpConnection service, long seed) throws IOException {
    List<String> levels = new ArrayList<>();
    Map<String, List<String>> codes = new LinkedHashMap<>();
    for (JsonNode level : list(service, "/v1/dimensions")) {
      String id = level.get("id").asText();
      levels.add(id);
      if (!level.get("dimension").asText().equals("month")) {
        codes.put(id, occurring(service, id));
      }
    }
    return new QuestionDraw(
        seed,
        levels,
        texts(list(service, "/v1/measures"), "id"),
        texts(list(service, "/v1/dimensions/month/codes"), "code"),
        codes);
  }

  private static JsonNode list(HttpConnection service, String path) throws IOException {
    return JSON.readTree(service.require(path).body()).get("data");
  }

  private static List<String> texts(JsonNode list, String name) {
    List<String> texts = new ArrayList<>();
    list.forEach(entry -> texts.add(entry.get(name).asText()));
    return texts;
  }

  private static List<String> occurring(HttpConnection service, String level) throws IOException {
    String path = "/v1/aggregates?group_by=" + level + "&labels=id&limit=10000&format=csv";
    String[] lines = service.require(path).text().split("\r?\n");
    int column = Arrays.asList(lines[0].split(",")).indexOf(level);
    return Arrays.stream(lines).skip(1).map(line -> line.split(",", -1)[column]).toList();
  }

  /** The path of the next question. */
  synchronized String next() {
    String path = draw();
    while (!drawn.add(path)) {
      path = draw();
    }
    return path;
  }

  private String draw() {
    StringBuilder path = new StringBuilder("/v1/aggregates?group_by=");
    path.append(String.join(",", some(levels, 1 + random.nextInt(4))));
    List<String> asked = some(measures, 1 + random.nextInt(3));
    path.append("&measures=").append(String.join(",", asked));
    for (String level : some(List.copyOf(codes.keySet()), random.nextInt(4))) {
      boolean excluded = random.nextInt(4) == 0;
      List<String> chosen = some(codes.get(level), 1 + random.nextInt(4));
      path.append('&').append(level).append(excluded ? "=!" : "=");
      path.append(String.join(",", chosen));
    }
    path.append(months());
    if (random.nextInt(3) == 0) {
      path.append("&sort=-").append(asked.get(0));
    }
    return path.toString();
  }

  /** All months for two questions in five, for they are the most work; else a range or a few. */
  private String months() {
    int kind = random.nextInt(5);
    if (kind < 2) {
      return "";
    }
    if (kind < 4) {
      List<String> ends = new ArrayList<>(some(months, Math.min(2, months.size())));
      Collections.sort(ends);
      return "&month=" + ends.get(0) + ".." + ends.get(ends.size() - 1);
    }
    return "&month=" + String.join(",", some(months, 1 + random.nextInt(3)));
  }

  /** As many different ones as there are, at most so many. */
  private List<String> some(List<String> all, int count) {
    List<String> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, Math.min(count, shuffled.size()));
  }
}
