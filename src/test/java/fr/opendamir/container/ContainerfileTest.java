package fr.opendamir.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.opendamir.kubernetes.JvmMemory;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The Containerfile against the application, the JVM, and what Jib makes of the same. */
class ContainerfileTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ARCHIVE = "-XX:AOTCache=/opt/opendamir/classes/archive";

  private final List<List<String>> instructions = instructions();

  @Test
  void itRunsAsNobodyInParticular() {
    assertThat(only("USER")).matches("[1-9]\\d{3,}:0");
    assertThat(instructions.get(instructions.size() - 1).get(0)).isEqualTo("CMD");
    assertThat(only("STOPSIGNAL")).isEqualTo("SIGTERM");
    assertThat(array("VOLUME")).containsExactly("/var/lib/opendamir", "/tmp");
    // Made by the service itself, and so its own, whoever the mounted folder belongs to.
    assertThat(environment().get("OPENDAMIR_DATABASE_FOLDER")).isEqualTo("/var/lib/opendamir/data");
  }

  /** PostgreSQL makes no database for a user without one. */
  @Test
  void itsUserHasAName() {
    assertThat(all("RUN")).anyMatch(run -> run.contains("opendamir:x:" + only("USER") + ":"));
  }

  @Test
  void itsBaseHasAVersionAndJava25() {
    assertThat(only("ARG")).matches("BASE=[^:]+:25[^:]*-?jre[^:]*").endsWith(pom("image.base"));
    assertThat(only("FROM")).isEqualTo("${BASE}");
  }

  @Test
  void portsAreThoseOfTheApplicationAndBothAreReachable() throws IOException {
    Properties application = new Properties();
    try (InputStream in =
        ContainerfileTest.class.getClassLoader().getResourceAsStream("application.properties")) {
      application.load(in);
    }
    assertThat(only("EXPOSE").split(" ", -1))
        .containsExactly(
            application.getProperty("quarkus.http.port"),
            application.getProperty("quarkus.management.port"));
    assertThat(environment()).containsEntry("QUARKUS_MANAGEMENT_HOST", "0.0.0.0");
  }

  @Test
  void whatChangesLeastIsCopiedFirst() {
    List<String> sources =
        all("COPY").stream()
            .map(copy -> copy.split(" ", -1)[0].replace("target/quarkus-app/", ""))
            .toList();
    assertThat(sources).containsExactly("lib/", "quarkus-run.jar", "quarkus/", "app/");
    assertThat(read(Path.of(".dockerignore"))).isEqualTo("*\n!target/quarkus-app\n");
  }

  @Test
  void aJvmTakesItsOptions() throws Exception {
    List<String> entrypoint = array("ENTRYPOINT");
    assertThat(entrypoint).first().isEqualTo("java");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(entrypoint.subList(1, entrypoint.indexOf("-jar")));
    command.remove(ARCHIVE); // of the newer JVM of the image
    command.add("-version");
    Process java = new ProcessBuilder(command).redirectErrorStream(true).start();
    String told = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(java.waitFor()).as(told).isZero();
    assertThat(entrypoint).endsWith("-jar", only("WORKDIR") + "/quarkus-run.jar");
  }

  /** With the least memory that the Containerfile names; k8s/ is checked with its own. */
  @Test
  void everyPartOfItsMemoryIsBoundedAndFitsAContainerOfOneAndAHalfGibibytes() {
    List<String> entrypoint = array("ENTRYPOINT");
    assertThat(JvmMemory.mebibytes(entrypoint, 1536) + JvmMemory.duckDb(256))
        .isLessThan(1536 * 0.97);
    for (String part : List.of("MaxRAM", "MaxDirect", "MaxMetaspace", "ReservedCode")) {
      List<String> without = entrypoint.stream().filter(o -> !o.contains(part)).toList();
      assertThatThrownBy(() -> JvmMemory.mebibytes(without, 1536))
          .hasMessageContaining("no bound for");
    }
  }

  @Test
  void jibMakesTheSame() {
    String container = "configuration/container/";
    List<String> entrypoint = new ArrayList<>(array("ENTRYPOINT"));
    assertThat(entrypoint.remove(ARCHIVE)).as("Jib runs nothing that makes an archive").isTrue();
    assertThat(jib(container + "entrypoint/arg")).isEqualTo(entrypoint);
    assertThat(jib(container + "args/arg")).isEqualTo(array("CMD"));
    assertThat(jib(container + "user")).containsExactly(only("USER"));
    assertThat(jib(container + "workingDirectory")).containsExactly(only("WORKDIR"));
    assertThat(jib(container + "ports/port")).containsExactly(only("EXPOSE").split(" ", -1));
    assertThat(jib(container + "volumes/volume")).isEqualTo(array("VOLUME"));
    environment()
        .forEach(
            (name, value) ->
                assertThat(jib(container + "environment/" + name)).containsExactly(value));
  }

  @Test
  void healthIsWhatReadinessSays() throws Exception {
    assertThat(health("HTTP/1.0 200 OK\r\n\r\n")).isZero();
    assertThat(health("HTTP/1.0 503 Service Unavailable\r\n\r\n")).isNotZero();
    assertThat(health(null)).isNotZero();
  }

  /** Runs the check against a server that gives one answer, or none at all. */
  private int health(String answer) throws Exception {
    String check = only("HEALTHCHECK");
    String[] command = JSON.readValue(check.substring(check.indexOf('[')), String[].class);
    try (ServerSocket server = new ServerSocket(0)) {
      int nobody = 1; // no user may listen there
      int port = answer == null ? nobody : server.getLocalPort();
      command[2] = command[2].replace("/9000", "/" + port);
      Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
      if (answer != null) {
        server.setSoTimeout(5000);
        try (var connection = server.accept()) {
          byte[] request = connection.getInputStream().readNBytes(30);
          assertThat(new String(request, StandardCharsets.US_ASCII))
              .startsWith("GET /q/health/ready HTTP/1.0\r");
          connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        }
      }
      assertThat(bash.waitFor(5, TimeUnit.SECONDS)).isTrue();
      return bash.exitValue();
    }
  }

  private Map<String, String> environment() {
    Map<String, String> found = new TreeMap<>();
    for (String variable : only("ENV").split(" +", -1)) {
      found.put(variable.split("=", 2)[0], variable.split("=", 2)[1]);
    }
    return found;
  }

  private List<String> array(String instruction) {
    try {
      JsonNode values = JSON.readTree(only(instruction));
      return StreamSupport.stream(values.spliterator(), false).map(JsonNode::asText).toList();
    } catch (IOException e) {
      throw new IllegalStateException(instruction + " is not in exec form", e);
    }
  }

  private String only(String instruction) {
    assertThat(all(instruction)).as(instruction).hasSize(1);
    return all(instruction).get(0);
  }

  private List<String> all(String instruction) {
    return instructions.stream()
        .filter(i -> i.get(0).equals(instruction))
        .map(i -> i.get(1))
        .toList();
  }

  private static List<List<String>> instructions() {
    String text =
        read(Path.of("Containerfile")).replaceAll("(?m)^#.*\n", "").replaceAll("\\\\\n\\s*", "");
    return text.lines()
        .filter(line -> !line.isBlank())
        .map(line -> List.of(line.split(" ", 2)))
        .toList();
  }

  private static String pom(String property) {
    return xml("/project/properties/" + property).get(0);
  }

  private static List<String> jib(String path) {
    return xml("/project/build/plugins/plugin[artifactId='jib-maven-plugin']/" + path);
  }

  private static List<String> xml(String path) {
    try {
      Document pom =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(Path.of("pom.xml").toFile());
      XPath xpath = XPathFactory.newInstance().newXPath();
      NodeList nodes = (NodeList) xpath.evaluate(path, pom, XPathConstants.NODESET);
      List<String> found = new ArrayList<>();
      for (int i = 0; i < nodes.getLength(); i++) {
        found.add(nodes.item(i).getTextContent());
      }
      return found;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
