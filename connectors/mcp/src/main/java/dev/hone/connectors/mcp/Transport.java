package dev.hone.connectors.mcp;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.Setting;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpClientTransport;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** How a server is spoken to. */
final class Transport {

    private static final int MOST_BYTES = 8 << 20;
    private static final McpJsonMapper JSON = new JacksonMcpJsonMapper(new JsonMapper());

    /** A program that is given no variables but those that its parameters name. */
    private static final class Alone extends StdioClientTransport {
        Alone(ServerParameters parameters) {
            super(parameters, JSON, MOST_BYTES);
        }

        @Override
        protected ProcessBuilder getProcessBuilder() {
            ProcessBuilder builder = new ProcessBuilder();
            builder.environment().clear();
            return builder;
        }
    }

    private Transport() {}

    static McpClientTransport to(Setting<Server> setting, UnaryOperator<String> variables) throws ConnectorException {
        return setting.value().command().isPresent() ? process(setting, variables) : http(setting);
    }

    private static McpClientTransport process(Setting<Server> setting, UnaryOperator<String> variables)
            throws ConnectorException {
        Server server = setting.value();
        List<String> words = server.command().orElseThrow();
        if (!runs(words.getFirst())) {
            throw new ConnectorException(
                    Kind.UNREACHABLE,
                    "the program of " + setting.variable() + " is not there, or may not be run",
                    "let the operator correct it");
        }
        ServerParameters.Builder parameters =
                ServerParameters.builder(words.getFirst()).args(words.subList(1, words.size()));
        for (String name : server.environment().orElse(List.of())) {
            Optional.ofNullable(variables.apply(name)).ifPresent(value -> parameters.addEnvVar(name, value));
        }
        StdioClientTransport transport = new Alone(parameters.build());
        transport.setStdErrorHandler(line -> {}); // it may hold anything, so it is in no log
        return transport;
    }

    private static boolean runs(String program) {
        Stream<Path> places = program.contains("/")
                ? Stream.of(Path.of(program))
                : Arrays.stream(System.getenv("PATH").split(":", -1)).map(place -> Path.of(place, program));
        return places.anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
    }

    private static McpClientTransport http(Setting<Server> setting) throws ConnectorException {
        URI address = setting.value().address(setting);
        HttpRequest.Builder request = HttpRequest.newBuilder();
        setting.secret(setting.value().key()).ifPresent(key -> request.setHeader("Authorization", "Bearer " + key));
        String origin = address.getScheme() + "://" + address.getRawAuthority();
        return HttpClientStreamableHttpTransport.builder(origin)
                .endpoint(address.getRawPath().isEmpty() ? "/" : address.getRawPath())
                .requestBuilder(request)
                .jsonMapper(JSON)
                .openConnectionOnStartup(false)
                .maxResponseSize(MOST_BYTES)
                .build();
    }
}
