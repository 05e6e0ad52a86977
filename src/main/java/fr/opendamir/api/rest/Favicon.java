package fr.opendamir.api.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Serves the icon that browsers request for every page, including answers opened in a browser. */
@Path("/favicon.ico")
public class Favicon {
  private final byte[] icon;

  Favicon() {
    try (InputStream in = Favicon.class.getResourceAsStream("favicon.ico")) {
      this.icon = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the icon cannot be read", e);
    }
  }

  @GET
  @Operation(hidden = true)
  public Response get() {
    return Response.ok(icon)
        .type("image/x-icon")
        .header("Cache-Control", "public, max-age=604800")
        .build();
  }
}
