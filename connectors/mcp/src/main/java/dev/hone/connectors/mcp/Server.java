package dev.hone.connectors.mcp;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.common.Address;
import dev.hone.connectors.common.Setting;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A server, as the operator says it in {@code HONE_MCP_NAME}: either a {@code command} or a {@code url}.
 *
 * @param command a program and its arguments, which speaks over its standard streams; no shell reads it
 * @param environment the names of the variables that the program is given beside those that every program has
 * @param url of a server that speaks streamable HTTP
 * @param key where the key that is sent along is found, as {@code env:NAME}
 * @param tools those that workflows may call; all when absent
 */
record Server(
        Optional<List<String>> command,
        Optional<List<String>> environment,
        Optional<String> url,
        Optional<String> key,
        Optional<List<String>> tools) {

    /** @throws ConnectorException of kind BAD_INPUT or UNKNOWN when there is none of this name, BROKEN when it is not one */
    static Setting<Server> of(String name, UnaryOperator<String> variables) throws ConnectorException {
        Setting<Server> setting =
                Setting.named("mcp", name, Server.class, "{\"url\": \"https://tools.example.org/mcp\"}", variables);
        Server server = setting.value();
        if (server.command.isPresent() == server.url.isPresent()) {
            throw setting.broken("needs a command or a url, and not both");
        }
        if (server.command
                .filter(words -> words.isEmpty() || words.stream().anyMatch(word -> word == null || word.isEmpty()))
                .isPresent()) {
            throw setting.broken("has an empty command");
        }
        if (server.url.isPresent()) {
            server.address(setting);
        }
        return setting;
    }

    /** Of a server with a {@code url}. */
    URI address(Setting<Server> setting) throws ConnectorException {
        return Address.of(url.orElseThrow(), key.isPresent(), setting);
    }

    boolean offers(String tool) {
        return tools.map(allowed -> allowed.contains(tool)).orElse(true);
    }
}
