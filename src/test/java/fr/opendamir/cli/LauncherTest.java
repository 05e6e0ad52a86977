package fr.opendamir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher beside a program and a JVM that only say what they are given. */
class LauncherTest {
  private static final String IMPORTS =
      "-XX:+UseSerialGC -XX:MaxNewSize=96m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20"
          + " -XX:-ShrinkHeapInSteps";

  private static final Path LAUNCHER = Path.of("bin/open-damir-api").toAbsolutePath();

  @TempDir Path folder;
  private Path jar;
  private Path java;

  private record Ended(int code, String output) {}

  @BeforeEach
  void makeProgramAndJvm() throws IOException {
    jar = Files.createFile(folder.resolve("quarkus-run.jar"));
    java = jvm("17.0.15");
  }

  @Test
  void theServiceHasBoundsOfMemoryAndOtherCommandsHaveNone() throws Exception {
    assertThat(launch().output())
        .contains("-Xmx256m", "-XX:MaxDirectMemorySize=128m", "-jar " + jar)
        .endsWith("-jar " + jar);
    assertThat(launch("import", "A 1.csv.gz").output())
        .doesNotContain("-Xmx", "ArchiveClassesAtExit")
        .endsWith("-jar " + jar + " import A 1.csv.gz");
  }

  @Test
  void importsHaveTheSerialCollectorAndASmallHeap() throws Exception {
    for (String command : List.of("import", "fetch", "reprotect")) {
      assertThat(launch(command).output()).startsWith(IMPORTS + " -Xlog");
      assertThat(Files.readString(Path.of("bin/open-damir-api.cmd")))
          .contains("if \"%~1\"==\"" + command + "\" set \"OPENDAMIR_OPTIONS=" + IMPORTS + "\"");
    }
    assertThat(launch("generate").output()).doesNotContain("-XX:");
  }

  /** The image has another heap, a share of the container's memory, and no choice of compilers. */
  @Test
  void theOptionsAreThoseOfTheLauncherForWindowsAndTheBoundsThoseOfTheImage() throws Exception {
    List<String> options =
        Stream.of(launch().output().split("\\s+"))
            .filter(option -> option.matches("-Xmx.*|-XX:.*"))
            .filter(option -> !option.contains("Archive"))
            .toList();
    assertThat(Files.readString(Path.of("bin/open-damir-api.cmd")))
        .contains("=" + String.join(" ", options) + "\"");
    List<String> bounds =
        options.stream()
            .filter(option -> option.matches("-Xmx.*|-XX:(Max|Reserved|.ExitOnOut).*"))
            .toList();
    assertThat(bounds).hasSize(5).first().asString().startsWith("-Xmx");
    assertThat(Files.readString(Path.of("Containerfile")))
        .contains(bounds.subList(1, 5).stream().map(option -> '"' + option + '"').toList());
  }

  @Test
  void theArchiveIsMadeOnceAndAgainWhenTheProgramOrTheJvmIsAnother() throws Exception {
    Path data = folder.resolve("data");
    String recording = option(launch("serve").output(), "-XX:ArchiveClassesAtExit=");
    assertThat(Files.getPosixFilePermissions(data))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    Path archive = Files.writeString(folder.resolve(recording), "classes");
    assertThat(archive.getParent()).isEqualTo(data);
    assertThat(option(launch("serve").output(), "-XX:SharedArchiveFile=")).isEqualTo(recording);
    assertThat(option(launch("import").output(), "-XX:SharedArchiveFile=")).isEqualTo(recording);

    Files.writeString(
        Files.createDirectory(folder.resolve("quarkus")).resolve("generated.jar"), "");
    String renewed = option(launch("serve").output(), "-XX:ArchiveClassesAtExit=");
    assertThat(renewed).isNotEqualTo(recording);
    assertThat(archive).doesNotExist();

    Files.writeString(folder.resolve(renewed), "classes");
    java = jvm("25.0.1");
    String cache = option(launch("serve").output(), "-XX:AOTCacheOutput=");
    Files.writeString(folder.resolve(cache), "classes");
    assertThat(launch("serve").output())
        .contains("-XX:AOTCache=" + cache, "--enable-native-access=ALL-UNNAMED");
    try (Stream<Path> left = Files.list(data)) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void optionsOfTheCallerComeLastAndAnEmptyArchiveIsNone() throws Exception {
    Ended ended =
        launch(Map.of("OPENDAMIR_JAVA_OPTIONS", "-Xmx1g -Da=b", "OPENDAMIR_ARCHIVE", ""), "serve");

    assertThat(ended.output())
        .containsSubsequence("-Xmx256m", "-Xmx1g", "-Da=b", "-jar")
        .doesNotContain("Archive");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    java = jvm("11.0.2");
    assertThat(launch("serve")).isEqualTo(failed("Java 17 or newer is needed; %s is 11", java));
    java = folder.resolve("nowhere/bin/java");
    assertThat(launch("serve"))
        .isEqualTo(failed("JAVA_HOME is %s, which has no bin/java", folder.resolve("nowhere")));
    Files.delete(jar);
    assertThat(launch("serve")).isEqualTo(failed("there is no %s, which OPENDAMIR_JAR names", jar));
  }

  private static Ended failed(String message, Path path) {
    return new Ended(1, "open-damir-api: " + message.formatted(path));
  }

  private Ended launch(String... arguments) throws IOException, InterruptedException {
    return launch(Map.of(), arguments);
  }

  private Ended launch(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", LAUNCHER.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    Map<String, String> all = new HashMap<>(environment);
    all.put("JAVA_HOME", java.getParent().getParent().toString());
    all.put("OPENDAMIR_JAR", jar.toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("OPENDAMIR_"));
    builder.environment().putAll(all);
    Process process = builder.start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }

  private static String option(String output, String name) {
    assertThat(output).contains(name);
    return output.substring(output.indexOf(name) + name.length()).split(" ", -1)[0];
  }

  /** A JVM of a version that prints its arguments. */
  private Path jvm(String version) throws IOException {
    Path home = Files.createDirectories(folder.resolve("jvm-" + version));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Path program = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(program, "#!/bin/sh\necho \"$@\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return program;
  }
}
