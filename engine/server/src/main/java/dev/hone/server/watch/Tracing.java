package dev.hone.server.watch;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/** OpenTelemetry as its own environment variables say ({@code OTEL_EXPORTER_OTLP_ENDPOINT} ...); off without an endpoint. */
@Factory
@Requires(property = Tracing.ENDPOINT)
class Tracing {

    static final String ENDPOINT = "otel.exporter.otlp.endpoint";

    private static final Map<String, String> OTHERWISE = Map.of(
            "otel.service.name", "hone",
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none",
            "otel.exporter.otlp.protocol", "http/protobuf");

    @Singleton
    @Bean(preDestroy = "close")
    OpenTelemetrySdk telemetry(Environment environment) {
        Map<String, String> said = new HashMap<>();
        environment.getProperties("otel").forEach((name, value) -> said.put("otel." + name, String.valueOf(value)));
        return AutoConfiguredOpenTelemetrySdk.builder()
                .addPropertiesSupplier(() -> OTHERWISE)
                .addPropertiesCustomizer(config -> said)
                .addTracerProviderCustomizer((provider, config) -> provider.setIdGenerator(new RunIds()))
                .build()
                .getOpenTelemetrySdk();
    }
}
