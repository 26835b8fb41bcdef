package dev.hone.connectors.external;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.SecretRef;
import dev.hone.connectors.testkit.RemoteContract;
import java.net.URI;

/** Posting a job to a server that means harm. */
class HttpOnHostileServerTest extends RemoteContract {

    @Override
    protected Object call(URI address, SecretRef key, CallContext context) throws ConnectorException {
        return Trainers.http(address.toString(), 60).run(Trainers.input(), context);
    }

    @Override
    protected String reply() {
        return "{\"id\": \"job-1\", \"state\": \"done\", \"version\": \"v2\", \"score\": 0.5, \"metrics\": [{\"loss\": 1}]}";
    }

    @Override
    protected SecretRef key() {
        return new SecretRef("env:HONE_TEST_KEY");
    }
}
