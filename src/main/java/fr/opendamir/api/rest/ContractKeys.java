package fr.opendamir.api.rest;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** How a key is presented; none is needed. */
final class ContractKeys {
  private static final String HEADER = "ApiKey";
  private static final String BEARER = "Bearer";

  private ContractKeys() {}

  static void addTo(OpenAPI contract) {
    contract
        .getComponents()
        .addSecurityScheme(
            HEADER,
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.HEADER)
                .name("X-API-Key")
                .description("A key, for larger allowances"))
        .addSecurityScheme(
            BEARER,
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description("The same key"));
    contract
        .addSecurityRequirement(OASFactory.createSecurityRequirement())
        .addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(HEADER))
        .addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(BEARER));
  }
}
