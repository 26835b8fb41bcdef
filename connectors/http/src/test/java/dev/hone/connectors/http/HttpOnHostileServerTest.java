package dev.hone.connectors.http;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.SecretRef;
import dev.hone.connectors.testkit.Fault;
import dev.hone.connectors.testkit.RemoteContract;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class HttpOnHostileServerTest extends RemoteContract {

    @Override
    protected Object call(URI address, SecretRef key, CallContext context) throws ConnectorException {
        String site = "{\"url\": \"%s\", \"allowPrivate\": true, \"key\": \"%s\"}".formatted(address, key.text());
        return new HttpTool(Map.of("HONE_HTTP_SITE", site)::get)
                .run(
                        new HttpTool.Input(
                                "site", "", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                        context);
    }

    @Override
    protected String reply() {
        return "{\"a\": [1, 2, {\"b\": \"text\"}]}";
    }

    @Override
    protected SecretRef key() {
        return new SecretRef("env:HONE_TEST_KEY");
    }

    /** Any JSON is a good answer. */
    @Override
    protected Set<Fault> cannot() {
        return Set.of(Fault.NULL, Fault.LIST, Fault.NOTHING_IN_IT, Fault.ERROR_AS_SUCCESS);
    }
}
