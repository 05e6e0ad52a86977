package fr.opendamir.cli;

import fr.opendamir.ops.PreparedDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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
  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "FOLDER",
      description = "Where the import may make a folder; it is left behind if it fails.")
  Path parent;

  @Override
  public Integer call() throws IOException {
    Path target = DemoImport.preparedFolder();
    Files.createDirectories(target);
    Path work = Files.createTempDirectory(parent.toAbsolutePath(), "demo-");
    Path log = work.resolve("log");
    if (!DemoImport.runInto(work, log.toFile())) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(Files.readString(log));
      err.println("The demonstration set is not prepared: first starts will import it.");
      return 1;
    }
    PreparedDatabase.pack(work, target);
    PreparedDatabase.remove(work);
    return 0;
  }
}
