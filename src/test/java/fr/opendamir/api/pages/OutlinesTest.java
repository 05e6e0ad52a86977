package fr.opendamir.api.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.opendamir.api.http.StaticFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The outlines of the map. Rings are wound clockwise, which the library that draws them takes for
 * land; the other way round it would paint the rest of the world.
 */
class OutlinesTest {
  /** Radius of the sphere with the surface of the Earth, in km. */
  private static final double RADIUS = 6371.0072;

  /** Area in km² and number of shapes by code of Open DAMIR. */
  private final Map<String, Double> areas = new HashMap<>();

  OutlinesTest() throws IOException {
    JsonNode regions =
        new ObjectMapper().readTree(StaticFile.read(PageFiles.class, "web/" + PageFiles.OUTLINES));
    for (JsonNode region : regions.path("features")) {
      double area = 0;
      for (JsonNode polygon : region.path("geometry").path("coordinates")) {
        for (JsonNode ring : polygon) {
          area += area(ring);
        }
      }
      areas.put(region.path("id").textValue(), area);
    }
  }

  @Test
  void thereAreTwelveRegionsAndCorsicaEachClockwise() {
    assertThat(areas.keySet())
        .containsExactlyInAnyOrder(
            "11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94");
    assertThat(areas.values()).allSatisfy(area -> assertThat(area).isPositive());
  }

  /** Published areas: Île-de-France 12,011 km², Bretagne 27,208 km², Corse 8,680 km². */
  @Test
  void areasAreThoseThatArePublished() {
    assertThat(areas.get("11")).isCloseTo(12_011, within(150.0));
    assertThat(areas.get("53")).isCloseTo(27_208, within(400.0));
    assertThat(areas.get("94")).isCloseTo(8_680, within(150.0));
  }

  /** The area of a ring on the sphere, positive if it is clockwise as seen from above. */
  private static double area(JsonNode ring) {
    double sum = 0;
    for (int i = 0; i + 1 < ring.size(); i++) {
      double width =
          Math.toRadians(ring.get(i + 1).get(0).doubleValue() - ring.get(i).get(0).doubleValue());
      double south = Math.sin(Math.toRadians(ring.get(i).get(1).doubleValue()));
      double north = Math.sin(Math.toRadians(ring.get(i + 1).get(1).doubleValue()));
      sum += width * (2 + south + north);
    }
    return sum * RADIUS * RADIUS / 2;
  }
}
