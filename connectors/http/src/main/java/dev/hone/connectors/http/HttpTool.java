package dev.hone.connectors.http;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.Bounded;
import dev.hone.connectors.common.OperatorTool;
import dev.hone.connectors.common.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Asks a site that the operator allows: {@code exec: {tool: http, in: {site: weather, path: /now}}}. A workflow never says a
 * host; see {@link Site}.
 */
public final class HttpTool extends OperatorTool<HttpTool.Input, HttpTool.Output> {

    /**
     * @param site the name under which the operator knows it
     * @param path below the site's url, as plain text
     * @param method GET when absent
     * @param query appended to the address
     * @param json sent as {@code application/json}
     * @param text sent as {@code text/plain}; not together with {@code json}
     */
    public record Input(
            String site,
            String path,
            Optional<String> method,
            Optional<Map<String, String>> query,
            Optional<Object> json,
            Optional<String> text) {}

    /**
     * @param status from 200 to 299; everything else is a problem
     * @param type the media type; empty when there is none
     * @param text the body
     * @param json the body, when its type is JSON
     */
    public record Output(int status, String type, String text, Optional<Object> json) {}

    /** Reads the environment. */
    public HttpTool() {
        this(System::getenv);
    }

    HttpTool(UnaryOperator<String> variables) {
        super("http", Input.class, Output.class, variables);
    }

    /**
     * @throws ConnectorException of kind UNKNOWN without such a site; DENIED for a method that it does not allow, or a private
     *     address; BAD_INPUT for a path that leads elsewhere; BROKEN for an answer that cannot be read, is too large or leads
     *     elsewhere; BUSY, UNREACHABLE, LOST, TIMEOUT, CANCELLED
     */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        Setting<Site> setting = Site.of(input.site(), variables);
        String method = input.method().orElse("GET");
        if (!setting.value().allows(method)) {
            throw new ConnectorException(
                    Kind.DENIED,
                    setting.variable() + " does not allow " + method,
                    "the operator allows it there, for example with \"methods\": [\"GET\", \"POST\"]");
        }
        if (input.json().isPresent() && input.text().isPresent()) {
            throw new ConnectorException(Kind.BAD_INPUT, "there is a json and a text", "send one of them");
        }
        if ((input.json().isPresent() || input.text().isPresent())
                && List.of("GET", "HEAD").contains(method)) {
            throw new ConnectorException(Kind.BAD_INPUT, method + " sends nothing", "leave json and text away");
        }
        Exchange exchange = new Exchange(setting, method, Body.of(input), context);
        return Bounded.run(
                context,
                exchange.site().toString(),
                exchange::stop,
                () -> exchange.ask(input.path(), input.query().orElse(Map.of())));
    }
}
