package dev.hone.server;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;

/** The head of the OpenAPI document. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Hone",
                        version = "1",
                        description = "Loops of models, tools, rules and people, as a service.",
                        license = @License(name = "Apache-2.0")),
        security = @SecurityRequirement(name = "key"))
@SecurityScheme(
        name = "key",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        description = "A key of the server, or a JWT of the operator's identity provider.")
final class Openapi {

    private Openapi() {}
}
