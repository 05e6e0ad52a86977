package fr.opendamir.cli;

import fr.opendamir.ops.PreparedDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Imports the demonstration set once, in the build, so that first starts need not. */
@Command(
    name = "prepare-demo",
    hidden = true,
    description = "Write the imported demonstration set to a file that first starts unpack.")
final class PrepareDemoCommand implements Callable<Integer> {
  /** Beside the program: where first starts look. */
  static final String FOLDER = "demo";

  /** Whatever the environment of the build says. */
  private static final Map<String, String> SETTINGS =
      Map.of("opendamir.database.url", "", "opendamir.disclosure.policy-file", "");

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "FOLDER", description = "Where the import may make a folder.")
  Path parent;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    Path target = DemoImport.program().resolveSibling(FOLDER);
    Files.createDirectories(target);
    Path work = Files.createTempDirectory(parent, "demo-");
    System.setProperty("opendamir.database.folder", work.toString());
    SETTINGS.forEach(System::setProperty);
    StringWriter told = new StringWriter();
    CommandLine commands = Main.commands().setOut(new PrintWriter(told));
    int exitCode = commands.setErr(commands.getOut()).execute("import", "--demo");
    if (exitCode != 0) {
      err.println(told);
      err.println("The demonstration set is not prepared: first starts will import it.");
      return exitCode;
    }
    PreparedDatabase.move(work, target);
    return exitCode;
  }
}
